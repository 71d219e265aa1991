package io.github.sealwatcher.it;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.kafka.connect.cli.ConnectDistributed;

/** A distributed worker as its script starts it, that doesn't outlive the test that started it, even if that is killed. */
final class WorkerMain {

    private WorkerMain() {}

    public static void main(String[] arguments) {
        Thread leash = new Thread(WorkerMain::endWithStandardInput, "leash");
        leash.setDaemon(true);
        leash.start();
        ConnectDistributed.main(arguments);
    }

    private static void endWithStandardInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("The other end is gone: " + e);
        }
        Runtime.getRuntime().halt(1);
    }
}
