package io.github.sealwatcher.transport;

import com.jcraft.jsch.Channel;
import java.io.IOException;
import java.io.OutputStream;

/** For whom an ssh connection opens a channel. */
interface ChannelUser {

    /** Whether the channel is no longer wanted. */
    boolean isClosed();

    /** Takes what the other side sends. */
    OutputStream inbox();

    /** Takes over an open channel; false if it is no longer wanted. */
    boolean attach(Channel opened) throws IOException;
}
