package dev.nurture.plugins.data;

import java.util.Arrays;

/** Floats in a row whose number is not known beforehand. */
final class FloatColumn {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private float[] values = new float[1 << 10];
    private int size;

    /** Adds a value; false, and nothing added, when memory does not allow for more. */
    boolean add(float value) {
        if (size == values.length) {
            long longer = Math.min(LONGEST_ARRAY, size + (size >> 1) + 1L);
            if (longer <= size
                    || (size + longer) * Float.BYTES > Runtime.getRuntime().maxMemory()) {
                return false;
            }
            values = Arrays.copyOf(values, (int) longer);
        }
        values[size++] = value;
        return true;
    }

    int size() {
        return size;
    }

    float get(int index) {
        return values[index];
    }

    /** Returns the values, exactly as many as there are. */
    float[] toArray() {
        return size == values.length ? values : Arrays.copyOf(values, size);
    }
}
