package io.github.sealwatcher.it;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** All that is logged in this JVM while it is open, stack traces included, whatever the configuration shows of it. */
final class CapturedLog implements AutoCloseable {

    private final StringWriter text = new StringWriter();
    private final Appender appender = new Appender();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final Level before = context.getRootLogger().getLevel();

    CapturedLog() {
        appender.start();
        context.getRootLogger().setLevel(Level.INFO);
        context.getRootLogger().addAppender(appender);
    }

    String text() {
        synchronized (text) {
            return text.toString();
        }
    }

    @Override
    public void close() {
        context.getRootLogger().removeAppender(appender);
        context.getRootLogger().setLevel(before);
        appender.stop();
    }

    private final class Appender extends AbstractAppender {

        private Appender() {
            super("captured", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            synchronized (text) {
                text.append(event.getLevel() + " " + event.getLoggerName() + " "
                        + event.getMessage().getFormattedMessage() + "\n");
                if (event.getThrown() != null) {
                    event.getThrown().printStackTrace(new PrintWriter(text));
                }
            }
        }
    }
}
