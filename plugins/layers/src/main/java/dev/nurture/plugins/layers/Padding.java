package dev.nurture.plugins.layers;

/**
 * How many zeros surround an image before it is convolved.
 *
 * @param same whether as many as make the output as large as the input divided by the stride, rounded up; an odd one
 *     goes to the bottom and right
 * @param pixels otherwise, on each side
 */
record Padding(boolean same, int pixels) {
    /** Reads {@code same}, {@code valid} or a whole number. */
    static Padding of(String text) {
        switch (text) {
            case "same":
                return new Padding(true, 0);
            case "valid":
                return new Padding(false, 0);
            default:
                if (!text.matches("\\d{1,4}")) {
                    throw new IllegalArgumentException(
                            "padding is same, valid or a whole number from 0 to 9999, not '" + text + "'");
                }
                return new Padding(false, Integer.parseInt(text));
        }
    }

    /** Returns the number of places a kernel takes along an axis; less than 1 when it fits nowhere. */
    int places(int extent, int kernel, int stride) {
        return same ? (extent + stride - 1) / stride : Math.floorDiv(extent + 2 * pixels - kernel, stride) + 1;
    }

    /** Returns the zeros before the first value along an axis. */
    int before(int extent, int kernel, int stride) {
        return same ? Math.max(0, (places(extent, kernel, stride) - 1) * stride + kernel - extent) / 2 : pixels;
    }

    @Override
    public String toString() {
        return same ? "same" : Integer.toString(pixels);
    }
}
