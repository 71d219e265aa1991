package io.github.sealwatcher.testkit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Deletes files; follows no links, and does not mind others deleting at the same time. */
public final class FileTree extends SimpleFileVisitor<Path> {
    private FileTree() {}

    /** Deletes {@code root} and all below it, if it's there. */
    public static void delete(Path root) throws IOException {
        Files.walkFileTree(root, new FileTree());
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
        if (problem instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw problem;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem) throws IOException {
        if (problem != null) {
            throw problem;
        }
        Files.deleteIfExists(directory);
        return FileVisitResult.CONTINUE;
    }
}
