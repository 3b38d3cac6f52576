package dev.nurture.train;

import dev.nurture.run.Sha256;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hashes rows and targets, so that a run's record tells whether another had the same data. */
final class DataFingerprint {
    private static final int CHUNK = 16_384;

    private final MessageDigest digest = Sha256.newDigest();
    private final ByteBuffer buffer = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);

    private DataFingerprint() {}

    /** Returns the SHA-256 of shapes, values and targets as little-endian 32-bit words, in lower-case hex. */
    static String of(DataSource.Splits splits) {
        DataFingerprint fingerprint = new DataFingerprint();
        fingerprint.add(splits.train());
        splits.test().ifPresent(fingerprint::add);
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private void add(Dataset data) {
        add(data.shape().toArray());
        add(data.x());
        if (data.classification()) {
            add(data.labels());
        } else {
            add(data.values());
        }
    }

    private void add(float[] values) {
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            buffer.clear().asFloatBuffer().put(values, from, count);
            digest.update(buffer.array(), 0, 4 * count);
        }
    }

    private void add(int[] values) {
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            buffer.clear().asIntBuffer().put(values, from, count);
            digest.update(buffer.array(), 0, 4 * count);
        }
    }
}
