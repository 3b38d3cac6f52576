package dev.nurture.spi;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The extents of one example: {@code (features)} or {@code (channels, height, width)}. Immutable. */
public final class Shape {
    private final int[] extents;
    private final int size;

    private Shape(int[] extents) {
        int product = 1;
        for (int extent : extents) {
            if (extent < 1) {
                throw new IllegalArgumentException("a shape's extents are at least 1, not " + Arrays.toString(extents));
            }
            product = Math.multiplyExact(product, extent);
        }
        this.extents = extents;
        this.size = product;
    }

    /**
     * Returns the shape with these extents.
     *
     * @throws IllegalArgumentException if one is less than 1
     * @throws ArithmeticException if their product exceeds an {@code int}
     */
    public static Shape of(int... extents) {
        return new Shape(extents.clone());
    }

    public int rank() {
        return extents.length;
    }

    public int extent(int axis) {
        return extents[axis];
    }

    /** Returns the number of values. */
    public int size() {
        return size;
    }

    /** Returns the first extent: channels of an image, features of a vector. */
    public int channels() {
        return extents[0];
    }

    /** Returns the number of values a channel: height × width of an image, 1 of a vector. */
    public int plane() {
        return size / extents[0];
    }

    /** Returns the extents, in a new array. */
    public int[] toArray() {
        return extents.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(extents, that.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    /** Returns the extents as in {@code 32×8×8}. */
    @Override
    public String toString() {
        return IntStream.of(extents).mapToObj(Integer::toString).collect(Collectors.joining("×"));
    }
}
