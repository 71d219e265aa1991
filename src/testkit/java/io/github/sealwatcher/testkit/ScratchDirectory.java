package io.github.sealwatcher.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Temporary directories with short names: a Unix socket's path must stay below 108 bytes. Each holds a file that is locked
 * while the JVM that made it lives, so that what a killed one left behind can be told apart.
 */
final class ScratchDirectory {
    private static final int LONGEST_PARENT = 60;
    private static final String OWNER = "owner.lock";
    private static final Map<Path, FileChannel> OWN = new ConcurrentHashMap<>();

    private ScratchDirectory() {}

    /**
     * @param prefix begins with {@code seal-}
     */
    static Path create(String prefix) {
        try {
            Path directory = Files.createTempDirectory(parent(), prefix);
            Path preliminary = directory.resolve(OWNER + ".new");
            FileChannel owner = FileChannel.open(preliminary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            OWN.put(directory, owner);
            owner.lock();
            // Only with the lock on it does it become the owner's file.
            Files.move(preliminary, directory.resolve(OWNER));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        try {
            FileTree.delete(directory);
            FileChannel owner = OWN.remove(directory);
            if (owner != null) {
                owner.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Directories whose JVM is no more. */
    static List<Path> orphans() {
        List<Path> orphans = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent(), "seal-*")) {
            for (Path directory : directories) {
                // To open and close a file that this JVM has locked would unlock it.
                if (!OWN.containsKey(directory) && isUnlocked(directory.resolve(OWNER))) {
                    orphans.add(directory);
                }
            }
            return orphans;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUnlocked(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (IOException e) {
            // Not there, or another user's.
            return false;
        }
    }

    /** Where they are made. */
    static Path parent() {
        @Nullable String configured = System.getProperty("java.io.tmpdir");
        return configured == null || configured.length() > LONGEST_PARENT ? Path.of("/tmp") : Path.of(configured);
    }
}
