package dev.nurture.contracts;

/**
 * One promise that every part of a kind makes.
 *
 * @param name a word or two in snake_case, by which results name it
 * @param promise a sentence about the part, such as {@code "writes only from … to"}
 */
public record Clause<T>(String name, String promise, Check<T> check) {
    /** Holds a part to the promise. */
    @FunctionalInterface
    public interface Check<T> {
        /**
         * Returns if the promise is kept.
         *
         * @throws Violation if it is broken
         * @throws NotApplicable if it cannot be held against this part
         */
        void verify(Subject<T> subject) throws Exception;
    }
}
