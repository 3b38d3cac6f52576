package dev.nurture.monitoring;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file of events as TensorBoard reads it: records, each an {@code Event} in protobuf, framed by its length and by
 * checksums of both. For one thread.
 *
 * <p>What cannot be written makes the call throw, with the file's name; from then on the file is left alone.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details">The format of records</a>
 * @see <a href="https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto">Event</a>
 */
final class EventFile implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    // Fields of Event, and of SessionLog below it.
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;
    private static final int STATUS = 1;
    private static final int START = 1;

    private final Path file;
    private final OutputStream out;
    private final CRC32C crc = new CRC32C();
    private boolean broken;

    /**
     * Begins a file.
     *
     * @param file for messages
     * @param out takes its bytes
     */
    EventFile(Path file, OutputStream out) {
        this.file = file;
        this.out = new BufferedOutputStream(out, BUFFER);
        // Without it TensorBoard takes the file for one of an older form.
        write(event().text(FILE_VERSION, "brain.Event:2"));
    }

    /**
     * Creates a file of a new name.
     *
     * @param folder made if it is not there
     */
    static EventFile create(Path folder) throws IOException {
        Files.createDirectories(folder);
        // What is between the dots is usually the host; TensorBoard goes by the beginning, and by the order of the
        // names.
        String name = "events.out.tfevents." + System.currentTimeMillis() / 1000 + ".nurture."
                + ProcessHandle.current().pid();
        for (int i = 0; ; i++) {
            Path file = folder.resolve(i == 0 ? name : name + "." + i);
            try {
                return new EventFile(file, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
            } catch (FileAlreadyExistsException e) {
                // Another run of this process began in the same second.
                continue;
            }
        }
    }

    /** Tells that what other files of the folder hold of this step and later ones does not count. */
    void restart(long step) {
        write(event().number(STEP, step).message(SESSION_LOG, new Protobuf().number(STATUS, START)));
    }

    /** Adds values of a step; none is nothing. */
    void add(long step, Scalars scalars) {
        if (scalars.empty) {
            return;
        }
        write(event().number(STEP, step).message(SUMMARY, scalars.summary));
    }

    private static Protobuf event() {
        return new Protobuf().number(WALL_TIME, System.currentTimeMillis() / 1e3);
    }

    private void write(Protobuf event) {
        byte[] data = event.bytes();
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        guard(() -> {
            out.write(length);
            out.write(checksum(length));
            out.write(data);
            out.write(checksum(data));
        });
    }

    /** Returns the CRC-32C, turned by 15 bits and shifted, so that records within records do not look like their sums. */
    private byte[] checksum(byte[] bytes) {
        crc.reset();
        crc.update(bytes);
        int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(masked)
                .array();
    }

    /** Hands over what was written so far, so that TensorBoard sees it. */
    void flush() {
        guard(out::flush);
    }

    /** Closes the file. One that could not be written is closed without a further word. */
    @Override
    public void close() {
        if (!broken) {
            guard(out::close);
            return;
        }
        try {
            out.close();
        } catch (IOException e) {
            // It was told of when it broke.
            return;
        }
    }

    /** Something that writes. */
    private interface Write {
        void run() throws IOException;
    }

    private void guard(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            broken = true;
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Values by tag. */
    static final class Scalars {
        private static final int VALUE = 1;
        private static final int TAG = 1;
        private static final int SIMPLE_VALUE = 2;

        private final Protobuf summary = new Protobuf();
        private boolean empty = true;

        /** Adds a value; what is not known, NaN, is left out. */
        Scalars add(String tag, double value) {
            if (!Double.isNaN(value)) {
                empty = false;
                summary.message(VALUE, new Protobuf().text(TAG, tag).number(SIMPLE_VALUE, (float) value));
            }
            return this;
        }
    }
}
