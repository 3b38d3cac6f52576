package dev.nurture.spi;

/** The values of a part's declared parameters, checked against type and range, defaults filled in. Immutable. */
public interface Settings {
    /**
     * Returns the value of a parameter.
     *
     * @param param one that the factory declares
     * @throws IllegalArgumentException if the factory does not declare it
     */
    <T> T get(Param<T> param);
}
