package io.github.sealwatcher.connect.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;

/** Gauges as the attributes of one MBean. Thread-safe. */
final class GaugeBean implements DynamicMBean {

    /** An attribute that distinguishes this bean from another one of the same name. */
    static final String ID = "registration-id";

    private final ObjectName name;
    private final String id = UUID.randomUUID().toString();
    private final Map<String, Gauge> gauges = new LinkedHashMap<>();

    GaugeBean(ObjectName name, List<Gauge> gauges) {
        this.name = name;
        gauges.forEach(gauge -> this.gauges.put(gauge.name(), gauge));
    }

    ObjectName name() {
        return name;
    }

    String id() {
        return id;
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        if (attribute.equals(ID)) {
            return id;
        }
        Gauge gauge = gauges.get(attribute);
        if (gauge == null) {
            throw new AttributeNotFoundException("no metric " + attribute + "; there are " + gauges.keySet());
        }
        return gauge.value().get();
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException("the metrics can only be read");
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        var values = new AttributeList();
        for (String attribute : attributes) {
            try {
                values.add(new Attribute(attribute, getAttribute(attribute)));
            } catch (AttributeNotFoundException e) {
                // JMX leaves out of the answer what there isn't.
            }
        }
        return values;
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] params, String[] signature) {
        throw new UnsupportedOperationException("the metrics can only be read");
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        List<MBeanAttributeInfo> attributes = new ArrayList<>();
        for (Gauge gauge : gauges.values()) {
            attributes.add(new MBeanAttributeInfo(gauge.name(), "double", gauge.doc(), true, false, false));
        }
        return new MBeanInfo(
                GaugeBean.class.getName(),
                "Metrics of the Podman source connector",
                attributes.toArray(MBeanAttributeInfo[]::new),
                null,
                null,
                null);
    }
}
