package io.github.sealwatcher.engine.podman;

import java.util.List;

/** Podman's own words for what happens to what, each as one object however often it is read. */
final class Words {

    private static final int SIZE = 128;
    private static final String[] TABLE = new String[SIZE];

    static {
        List.of(
                        "container",
                        "pod",
                        "system",
                        "attach",
                        "auto-update",
                        "checkpoint",
                        "cleanup",
                        "commit",
                        "copy",
                        "create",
                        "died",
                        "exec",
                        "exec_died",
                        "export",
                        "health_status",
                        "init",
                        "kill",
                        "mount",
                        "pause",
                        "prune",
                        "remove",
                        "rename",
                        "restart",
                        "restore",
                        "start",
                        "stop",
                        "sync",
                        "unmount",
                        "unpause",
                        "update")
                .forEach(Words::add);
    }

    private Words() {}

    /** The characters as text. */
    static String of(char[] chars, int from, int length) {
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + chars[i];
        }
        for (int place = hash & (SIZE - 1); TABLE[place] != null; place = (place + 1) & (SIZE - 1)) {
            if (isSame(TABLE[place], chars, from, length)) {
                return TABLE[place];
            }
        }
        return new String(chars, from, length);
    }

    private static boolean isSame(String word, char[] chars, int from, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != chars[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** The hash of a text is that of its characters. */
    private static void add(String word) {
        int place = word.hashCode() & (SIZE - 1);
        while (TABLE[place] != null) {
            place = (place + 1) & (SIZE - 1);
        }
        TABLE[place] = word;
    }
}
