package io.github.sealwatcher.trail;

/** Text that a terminal can be given: names come from whoever starts containers. */
final class Printable {
    private Printable() {}

    /** The text, with a question mark for each character that isn't one to be seen. */
    static String text(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            int type = Character.getType(next);
            boolean hidden = Character.isISOControl(next)
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            clean.append(hidden ? '?' : next);
        }
        return clean.toString();
    }
}
