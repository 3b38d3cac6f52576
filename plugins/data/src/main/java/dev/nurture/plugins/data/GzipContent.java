package dev.nurture.plugins.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/**
 * The content of a gzip file (RFC 1952), one member or several.
 *
 * <p>Unlike {@link java.util.zip.GZIPInputStream} it refuses bytes that follow the last member, and says at which byte of
 * the file things went wrong.
 */
final class GzipContent extends InputStream {
    static final int MAGIC_1 = 0x1F;
    static final int MAGIC_2 = 0x8B;

    /** Deflate cannot shrink more than this: 258 bytes in two bits, plus a block's header. */
    static final long MAX_RATIO = 1032;

    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final String name;
    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] single = new byte[1];
    private int next;
    private int limit;
    private long bufferOffset;
    private boolean ended;

    GzipContent(String name, InputStream in) throws IOException {
        this.name = name;
        this.in = in;
        try {
            header();
        } catch (IOException e) {
            inflater.end();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                trailer();
                if (peek() < 0) {
                    ended = true;
                } else {
                    header();
                }
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        if (inflater.needsInput() && !inflater.finished()) {
            if (peek() < 0) {
                throw problem("the gzip stream breaks off");
            }
            inflater.setInput(buffer, next, limit - next);
        }
        try {
            int count = inflater.inflate(target, offset, length);
            if (inflater.needsDictionary()) {
                throw problem("the compressed data asks for a dictionary, which gzip does not have");
            }
            return count;
        } catch (java.util.zip.DataFormatException e) {
            throw problem("the compressed data is damaged (" + e.getMessage() + ")");
        } finally {
            next = limit - inflater.getRemaining();
        }
    }

    private void header() throws IOException {
        if (take() != MAGIC_1 || take() != MAGIC_2) {
            throw problem("bytes follow the end of the gzip stream");
        }
        if (take() != DEFLATE) {
            throw problem("the compression method is not deflate, the only one of gzip");
        }
        int flags = take();
        if ((flags & RESERVED) != 0) {
            throw problem("reserved flags of the gzip header are set");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(take() | take() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
    }

    private void trailer() throws IOException {
        int checksum = take() | take() << 8 | take() << 16 | take() << 24;
        if (checksum != (int) crc.getValue()) {
            throw problem(String.format(
                    "the content's CRC-32 is %08x, but the gzip trailer says %08x", crc.getValue(), checksum));
        }
        int size = take() | take() << 8 | take() << 16 | take() << 24;
        if (size != (int) inflater.getBytesWritten()) {
            throw problem("the content has " + inflater.getBytesWritten() + " bytes, but the gzip trailer says "
                    + Integer.toUnsignedString(size));
        }
    }

    private void skipText() throws IOException {
        int character;
        do {
            character = take();
        } while (character != 0);
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            take();
        }
    }

    private int take() throws IOException {
        int value = peek();
        if (value < 0) {
            throw problem("the gzip stream breaks off");
        }
        next++;
        return value;
    }

    private int peek() throws IOException {
        while (next == limit) {
            bufferOffset += limit;
            next = 0;
            limit = Math.max(0, in.read(buffer));
            if (limit == 0) {
                return -1;
            }
        }
        return buffer[next] & 0xFF;
    }

    private DataFormatException problem(String sentence) {
        return DataFormatException.atByte(name, bufferOffset + next, sentence + " (counted in the compressed file)");
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
