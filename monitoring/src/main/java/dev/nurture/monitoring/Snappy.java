package dev.nurture.monitoring;

import java.io.ByteArrayOutputStream;

/**
 * Writes Snappy's block format without making anything smaller: all of it is literals. Remote-write asks for the format, and
 * what is sent is little.
 *
 * @see <a href="https://github.com/google/snappy/blob/main/format_description.txt">Snappy compressed format</a>
 */
final class Snappy {
    /** The most for which two bytes hold the length less one. */
    private static final int LONGEST = 1 << 16;

    /** Of a literal whose length less one is in the two bytes that follow. */
    private static final int TWO_BYTES = 61 << 2;

    private Snappy() {}

    static byte[] literals(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 16);
        int rest = data.length;
        while (rest >= 0x80) {
            out.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        for (int from = 0; from < data.length; from += LONGEST) {
            int length = Math.min(LONGEST, data.length - from);
            out.write(TWO_BYTES);
            out.write(length - 1);
            out.write(length - 1 >>> 8);
            out.write(data, from, length);
        }
        return out.toByteArray();
    }
}
