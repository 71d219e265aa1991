package io.github.sealwatcher.connect.offset;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.watch.checkpoint.EndedLife;
import java.util.List;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** The offset's {@code unconfirmed}: lives that were reported as ended while the event log could not be read. */
final class UnconfirmedLivesCodec {

    /** The newest ones: an unreadable log is rare, and each takes about 65 characters. */
    static final int MAX_LIVES = 1000;

    private static final int FORMAT = 1;
    private static final int HEX_CONTAINERS = 1;

    /** Beside what {@link LifeCodec#flags} takes. */
    private static final int ANNOUNCED = 4;

    private static final int END_ANNOUNCED = 8;
    private static final int REMOVED = 32;

    private UnconfirmedLivesCodec() {}

    /** Empty if there are none. */
    static String encode(List<EndedLife> lives) {
        if (lives.isEmpty()) {
            return "";
        }
        List<EndedLife> newest = lives.subList(Math.max(0, lives.size() - MAX_LIVES), lives.size());
        boolean hex = newest.stream().allMatch(ended -> Ids.isHex(ended.id().value()));
        var out = new ByteWriter();
        out.fixed(FORMAT, 1);
        out.fixed(hex ? HEX_CONTAINERS : 0, 1);
        out.number(newest.size());
        for (EndedLife ended : newest) {
            Life life = ended.life();
            Ids.write(out, ended.id().value(), hex);
            out.fixed(
                    LifeCodec.flags(life.precision())
                            | (life.announced() ? ANNOUNCED : 0)
                            | (ended.endAnnounced() ? END_ANNOUNCED : 0)
                            | (ended.removed() ? REMOVED : 0),
                    1);
            out.fixed(life.startedAtNs(), Long.BYTES);
            out.number(life.pid());
            out.signed(ended.endNs() - life.startedAtNs());
        }
        return Base85.encode(out.toBytes());
    }

    /** @throws IllegalArgumentException with what is wrong with it */
    static PVector<EndedLife> decode(String text) {
        var in = new ByteReader(Base85.decode(text));
        if (in.fixed(1) != FORMAT) {
            throw new IllegalArgumentException("its format is unknown");
        }
        boolean hex = (in.fixed(1) & HEX_CONTAINERS) != 0;
        PVector<EndedLife> lives = TreePVector.empty();
        int count = in.count(Long.BYTES);
        for (int i = 0; i < count; i++) {
            ContainerId id = new ContainerId(Ids.read(in, hex));
            int flags = (int) in.fixed(1);
            long startedAtNs = in.fixed(Long.BYTES);
            int pid = (int) in.number();
            Life life = new Life(startedAtNs, LifeCodec.precision(flags), pid, (flags & ANNOUNCED) != 0);
            long endNs = startedAtNs + in.signed();
            lives = lives.plus(new EndedLife(id, life, endNs, (flags & END_ANNOUNCED) != 0, (flags & REMOVED) != 0));
        }
        in.end();
        return lives;
    }
}
