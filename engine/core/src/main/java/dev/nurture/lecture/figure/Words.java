package dev.nurture.lecture.figure;

/** Names of measures as they are written at axes. */
final class Words {
    private Words() {}

    /** Returns a name in snake_case as words. */
    static String of(String name) {
        return name.replace('_', ' ');
    }
}
