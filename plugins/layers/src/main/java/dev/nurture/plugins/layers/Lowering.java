package dev.nurture.plugins.layers;

import dev.nurture.spi.Compute;
import dev.nurture.spi.Shape;
import java.util.Arrays;

/**
 * The correlation of an image with a bank of square filters as matrix products (K. Chellapilla, S. Puri, P. Simard,
 * "High performance convolutional neural networks for document processing", 2006). Immutable; any thread.
 *
 * <p>The usual lowering copies every pixel once for each of the {@code k²} places of the kernel. With stride 1 it is
 * enough to copy it for the {@code k} horizontal places: moved by whole rows, such a copy lies {@code row · width}
 * further on in the same memory. The correlation is then the sum of {@code k} products, one a kernel row, that read one
 * matrix at different offsets: a {@code k}-th of the memory, which stays in the second-level cache. Few channels make
 * such products too thin, so they are lowered the usual way.
 */
final class Lowering {
    /** Products with fewer inner terms lose more than the copies cost. */
    private static final int THINNEST = 32;
    /**
     * Multiplications a product: below a million OpenBLAS works without packing where it has kernels for that (AVX-512:
     * 32 × 1024 × 96 goes from 70 to 113 GFLOP/s when cut; AVX2: the same either way).
     */
    private static final int PRODUCT = 1_000_000;
    /** Columns below which cutting costs more than it gains. */
    private static final int NARROWEST = 64;

    private final int channels;
    private final int height;
    private final int width;
    private final int filters;
    private final int kernel;
    private final int stride;
    private final int top;
    private final int left;
    private final int outWidth;
    private final int places;

    private final boolean direct;
    private final int bands;
    private final int rows;
    private final int terms;
    private final int inner;
    private final int pitch;
    private final int span;

    /**
     * @param input shape of the image
     * @param top zero rows above the image; may be negative
     * @param left zero columns before the image; may be negative
     * @param output shape of the result: filters, places down, places across
     */
    Lowering(Shape input, int kernel, int stride, int top, int left, Shape output) {
        channels = input.channels();
        height = input.extent(1);
        width = input.extent(2);
        this.kernel = kernel;
        this.stride = stride;
        this.top = top;
        this.left = left;
        filters = output.channels();
        outWidth = output.extent(2);
        places = output.plane();
        direct = kernel == 1 && stride == 1 && top == 0 && left == 0 && input.plane() == places;
        boolean byRows = stride == 1 && kernel > 1 && channels * kernel >= THINNEST;
        bands = byRows ? 1 : kernel;
        rows = byRows ? output.extent(1) + kernel - 1 : output.extent(1);
        terms = byRows ? kernel : 1;
        inner = channels * bands * kernel;
        pitch = rows * outWidth;
        int most = PRODUCT / (filters * inner) / 16 * 16;
        span = most < NARROWEST ? places : Math.min(most, places);
    }

    /** Returns whether the image is its own matrix, so that {@link #lower} need not be called. */
    boolean direct() {
        return direct;
    }

    /** Returns the number of values of a lowered image. */
    int size() {
        return direct ? 0 : Math.multiplyExact(inner, pitch);
    }

    /** Returns the number of weights. */
    int weights() {
        return filters * channels * kernel * kernel;
    }

    /** Copies some of the filters {@code (filters, channels · kernel²)} into the order that {@link #correlate} wants. */
    void arrange(float[] weight, float[] arranged, int firstFilter, int lastFilter) {
        int each = channels * kernel * kernel;
        int from = firstFilter * each;
        if (terms == 1) {
            System.arraycopy(weight, from, arranged, from, (lastFilter - firstFilter) * each);
            return;
        }
        for (int filter = firstFilter; filter < lastFilter; filter++) {
            for (int channel = 0; channel < channels; channel++) {
                for (int term = 0; term < terms; term++) {
                    int to = (term * filters + filter) * inner + channel * kernel;
                    for (int i = 0; i < kernel; i++) {
                        arranged[to + i] = weight[from++];
                    }
                }
            }
        }
    }

    /** Copies what {@link #addGradient} summed for some filters into the order of the weight. */
    void restore(float[] summed, float[] gradient, int firstFilter, int lastFilter) {
        for (int filter = firstFilter; filter < lastFilter; filter++) {
            int to = filter * channels * kernel * kernel;
            if (terms == 1) {
                for (int i = 0; i < inner; i++) {
                    gradient[to + i] = summed[i * filters + filter];
                }
                continue;
            }
            for (int channel = 0; channel < channels; channel++) {
                for (int term = 0; term < terms; term++) {
                    int from = (term * inner + channel * kernel) * filters + filter;
                    for (int i = 0; i < kernel; i++) {
                        gradient[to++] = summed[from + i * filters];
                    }
                }
            }
        }
    }

    /**
     * Computes {@code out = filters ⋆ image + beta · out} for one image.
     *
     * @param arranged the filters, by {@link #arrange}
     * @param columns the lowered image; of a {@link #direct} one the image itself
     */
    void correlate(
            Compute compute, float[] arranged, float[] columns, int columnsAt, float beta, float[] out, int outAt) {
        for (int place = 0; place < places; place += span) {
            int now = Math.min(span, places - place);
            for (int term = 0; term < terms; term++) {
                int a = term * filters * inner;
                int b = columnsAt + term * outWidth + place;
                float keep = term == 0 ? beta : 1;
                compute.gemm(
                        false,
                        false,
                        filters,
                        now,
                        inner,
                        1,
                        arranged,
                        a,
                        inner,
                        columns,
                        b,
                        pitch,
                        keep,
                        out,
                        outAt + place,
                        places);
            }
        }
    }

    /**
     * Computes {@code sum = gradient with respect to the filters + beta · sum} for one image. The sum is transposed, an
     * inner index a row: where filters are few, this is the faster way round (96 × 32 by 1024: 80 against 45 GFLOP/s).
     *
     * @param dy the gradient with respect to the result
     */
    void addGradient(Compute compute, float[] columns, int columnsAt, float[] dy, int dyAt, float beta, float[] sum) {
        for (int term = 0; term < terms; term++) {
            int a = columnsAt + term * outWidth;
            int c = term * inner * filters;
            compute.gemm(
                    false, true, inner, filters, places, 1, columns, a, pitch, dy, dyAt, places, beta, sum, c, filters);
        }
    }

    /**
     * Computes, for a lowering with one term, the gradient with respect to the lowered image.
     *
     * @param weight the filters as they are
     */
    void columnGradient(Compute compute, float[] weight, float[] dy, int dyAt, float[] columns) {
        compute.gemm(true, false, inner, places, filters, 1, weight, 0, inner, dy, dyAt, places, 0, columns, 0, pitch);
    }

    /** Lowers the image at {@code at}. */
    void lower(float[] image, int at, float[] columns) {
        int to = 0;
        for (int channel = 0; channel < channels; channel++) {
            int from = at + channel * height * width;
            for (int band = 0; band < bands; band++) {
                for (int column = 0; column < kernel; column++) {
                    if (stride == 1) {
                        copyShifted(image, from, band - top, column - left, columns, to);
                    } else {
                        copyStrided(image, from, band - top, column - left, columns, to);
                    }
                    to += pitch;
                }
            }
        }
    }

    /** Copies the plane that begins {@code down} rows and {@code right} columns into the image's, zeros around. */
    private void copyShifted(float[] image, int from, int down, int right, float[] columns, int to) {
        int first = clamp(-down, rows);
        int last = Math.max(first, clamp(height - down, rows));
        int start = clamp(-right, outWidth);
        int end = Math.max(start, clamp(width - right, outWidth));
        if (first == last || start == end) {
            // Moved out of sight altogether, by a kernel larger than the image.
            Arrays.fill(columns, to, to + pitch, 0);
            return;
        }
        Arrays.fill(columns, to, to + first * outWidth, 0);
        Arrays.fill(columns, to + last * outWidth, to + pitch, 0);
        int source = from + (first + down) * width + right;
        int begin = to + first * outWidth;
        int finish = to + last * outWidth;
        if (outWidth == width) {
            // Rows follow each other at the same distance here and there: one copy, then zeros where it wrapped round.
            int length = (last - first - 1) * width + end - start;
            System.arraycopy(image, source + start, columns, begin + start, length);
        } else {
            for (int row = begin; row < finish; row += outWidth) {
                System.arraycopy(image, source + start, columns, row + start, end - start);
                source += width;
            }
        }
        for (int i = 0; i < start; i++) {
            for (int row = begin; row < finish; row += outWidth) {
                columns[row + i] = 0;
            }
        }
        for (int i = end; i < outWidth; i++) {
            for (int row = begin; row < finish; row += outWidth) {
                columns[row + i] = 0;
            }
        }
    }

    private void copyStrided(float[] image, int from, int down, int right, float[] columns, int to) {
        int start = clamp(ceilDivide(-right, stride), outWidth);
        int end = Math.max(start, clamp(ceilDivide(width - right, stride), outWidth));
        for (int row = 0; row < rows; row++) {
            int begin = to + row * outWidth;
            int y = row * stride + down;
            if (y < 0 || y >= height) {
                Arrays.fill(columns, begin, begin + outWidth, 0);
                continue;
            }
            Arrays.fill(columns, begin, begin + start, 0);
            int source = from + y * width + right;
            for (int i = start; i < end; i++) {
                columns[begin + i] = image[source + i * stride];
            }
            Arrays.fill(columns, begin + end, begin + outWidth, 0);
        }
    }

    /** Overwrites the image at {@code at} with the sums of what its pixels were copied to: {@link #lower} transposed. */
    void raise(float[] columns, float[] image, int at) {
        Arrays.fill(image, at, at + channels * height * width, 0);
        int to = 0;
        for (int channel = 0; channel < channels; channel++) {
            int from = at + channel * height * width;
            for (int band = 0; band < bands; band++) {
                for (int column = 0; column < kernel; column++) {
                    addStrided(columns, to, image, from, band - top, column - left);
                    to += pitch;
                }
            }
        }
    }

    private void addStrided(float[] columns, int to, float[] image, int from, int down, int right) {
        int start = clamp(ceilDivide(-right, stride), outWidth);
        int end = Math.max(start, clamp(ceilDivide(width - right, stride), outWidth));
        for (int row = 0; row < rows; row++) {
            int y = row * stride + down;
            if (y >= 0 && y < height) {
                int begin = to + row * outWidth;
                int target = from + y * width + right;
                for (int i = start; i < end; i++) {
                    image[target + i * stride] += columns[begin + i];
                }
            }
        }
    }

    private static int clamp(int value, int most) {
        return Math.max(0, Math.min(value, most));
    }

    private static int ceilDivide(int a, int b) {
        return -Math.floorDiv(-a, b);
    }
}
