package dev.nurture.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import dev.nurture.testkit.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointFormatTest {
    private static final Path NAME = Path.of("step-7.safetensors");
    private static final String METADATA = "'__metadata__':{'format_version':'1','step':'7'}";
    private static final String INTEGRITY = "'__integrity__':{'dtype':'U8','shape':[32],'data_offsets':[%d,%d]}";

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBitForBit() throws IOException {
        float[] odd = {
            -0f,
            Float.MIN_VALUE,
            Float.NEGATIVE_INFINITY,
            Float.intBitsToFloat(0x7fc12345),
            Float.intBitsToFloat(0xffabcdef),
            Float.intBitsToFloat(0x7f800001)
        };
        Map<String, Checkpoint.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("z.first", new Checkpoint.Tensor(Shape.of(2, 3), odd));
        tensors.put("\"ü\" <1>", new Checkpoint.Tensor(Shape.of(), new float[] {1.5f}));
        // Larger than the buffer, and no multiple of it.
        tensors.put("a.last", tensor(3, 33_333));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("z", "line\nbreak  \0");
        metadata.put("a", HexBits.of(Double.NaN));
        Checkpoint written = new Checkpoint(7, metadata, tensors);

        Checkpoint read = parse(bytes(written));

        assertThat(read.step()).isEqualTo(7);
        assertThat(read.metadata()).containsExactlyEntriesOf(metadata);
        assertThat(read.tensors().keySet()).containsExactly("z.first", "\"ü\" <1>", "a.last");
        tensors.forEach((name, tensor) -> {
            assertThat(read.tensors().get(name).shape()).isEqualTo(tensor.shape());
            assertThat(bits(read.tensors().get(name).values())).isEqualTo(bits(tensor.values()));
        });
    }

    @Test
    void theFileIsWhatThePublicFormatSays() throws Exception {
        Checkpoint checkpoint = new Checkpoint(
                7, Map.of("epoch", "2"), Map.of("w", new Checkpoint.Tensor(Shape.of(2), new float[] {1, -2})));
        byte[] file = bytes(checkpoint);

        String header = "{\"__metadata__\":{\"format_version\":\"1\",\"step\":\"7\",\"epoch\":\"2\"},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"__integrity__\":{\"dtype\":\"U8\",\"shape\":[32],\"data_offsets\":[8,40]}}";
        String padded = header + " ".repeat((8 - header.length() % 8) % 8);
        ByteBuffer expected = ByteBuffer.allocate(8 + padded.length() + 8).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(padded.length()).put(padded.getBytes(StandardCharsets.UTF_8));
        expected.putInt(0x3f800000).putInt(0xc0000000);
        assertThat(Arrays.copyOf(file, file.length - 32)).isEqualTo(expected.array());
        assertThat(Arrays.copyOfRange(file, file.length - 32, file.length))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(expected.array()));
    }

    @Test
    void aReaderInAnotherLanguageAgrees() throws Exception {
        Path file = folder.resolve("step-7.safetensors");
        Files.write(
                file,
                bytes(new Checkpoint(
                        7,
                        Map.of("seed", "231"),
                        Map.of("w", new Checkpoint.Tensor(Shape.of(2, 2), new float[] {1, 2, 3.5f, -0f})))));
        String script = """
                import hashlib, json, struct, sys
                b = open(sys.argv[1], 'rb').read()
                n = struct.unpack('<Q', b[:8])[0]
                h = json.loads(b[8:8 + n])
                d = b[8 + n:]
                assert n % 8 == 0 and h['__metadata__'] == {'format_version': '1', 'step': '7', 'seed': '231'}
                f, t = h['__integrity__']['data_offsets']
                assert d[f:t] == hashlib.sha256(b[:-32]).digest() and t == len(d)
                f, t = h['w']['data_offsets']
                print(h['w']['shape'], struct.unpack('<4f', d[f:t]))
                """;
        Process python;
        try {
            python = new ProcessBuilder("python3", "-c", script, file.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            Needs.that(false, "python3 is not installed");
            return;
        }
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(said).isZero();
        assertThat(said).isEqualTo("[2, 2] (1.0, 2.0, 3.5, -0.0)\n");
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        byte[] file = bytes(small());
        for (int bit = 0; bit < file.length * 8; bit++) {
            file[bit / 8] ^= (byte) (1 << bit % 8);
            assertInvalid(file, "bit " + bit);
            file[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(parse(file).tensors()).hasSize(3);
    }

    @Test
    void everyTruncationIsFound() throws IOException {
        byte[] file = bytes(small());
        for (int length = 0; length < file.length; length++) {
            assertInvalid(Arrays.copyOf(file, length), "length " + length);
        }
    }

    @Test
    void addedBytesAreFound() throws IOException {
        byte[] file = bytes(small());
        for (int more : new int[] {1, 4, 32, 1000}) {
            assertInvalid(Arrays.copyOf(file, file.length + more), more + " behind");
            byte[] before = new byte[file.length + more];
            System.arraycopy(file, 0, before, more, file.length);
            assertInvalid(before, more + " before");
        }
    }

    /** Headers with a right checksum, so that nothing but the header itself can be what is refused. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | 32 | does not begin with '{'",
                "<space>{} | 32 | does not begin with '{'",
                "{} | 32 | has no '__integrity__'",
                "{<m>,<i0>} | 33 | describes 32 bytes of data, but 33 follow",
                "{<i0>} | 32 | has no '__metadata__'",
                "{<m>,<m>,<i0>} | 32 | '__metadata__' occurs twice",
                "{<m>,<i0>,<i0>} | 32 | follows '__integrity__'",
                "{<i0>,<m>} | 32 | follows '__integrity__'",
                "{<m>,<i0>}x | 32 | not strict JSON",
                "{<m>,<i0>}{} | 32 | not strict JSON",
                "{<m>,<i0>,} | 32 | not strict JSON",
                "{<m>;<i0>} | 32 | not strict JSON",
                "{<m>,/**/<i0>} | 32 | not strict JSON",
                "{<m>,w:{},<i0>} | 32 | not strict JSON",
                "{'__metadata__':{'step':'7'},<i0>} | 32 | format version is null",
                "{'__metadata__':{'format_version':'2','step':'7'},<i0>} | 32 | format version is 2",
                "{'__metadata__':{'format_version':'1'},<i0>} | 32 | no 'step'",
                "{'__metadata__':{'format_version':'1','step':'-7'},<i0>} | 32 | -7 is not a whole number",
                "{'__metadata__':{'format_version':'1','step':7},<i0>} | 32 | a string is missing",
                "{'__metadata__':{'format_version':'1','step':'7','step':'7'},<i0>} | 32 | 'step' occur twice",
                "{'__metadata__':{'format_version':'1','step':'7','a':{}},<i0>} | 32 | a string is missing",
                "{<m>,'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]},<i8>} | 40 | 'w' occurs twice",
                "{<m>,'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'dtype':'F32'},<i4>} | 36 | 'dtype' of 'w' occurs twice",
                "{<m>,'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'class':'x'},<i4>} | 36 | 'class' of 'w' occurs twice or does not belong",
                "{<m>,'w':{'dtype':'F32','data_offsets':[0,4]},<i4>} | 36 | needs a dtype, a shape",
                "{<m>,'w':{'dtype':'F32','shape':[1],'data_offsets':[0]},<i4>} | 36 | needs a dtype, a shape",
                "{<m>,'w':{'dtype':'F64','shape':[1],'data_offsets':[0,4]},<i4>} | 36 | has the type F64",
                "{<m>,'w':{'dtype':'F32','shape':['1'],'data_offsets':[0,4]},<i4>} | 36 | a whole number is missing",
                "{<m>,'w':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]},<i4>} | 36 | 1.0 is not a whole number",
                "{<m>,'w':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]},<i4>} | 36 | -1 is not a whole number",
                "{<m>,'w':{'dtype':'F32','shape':[1e0],'data_offsets':[0,4]},<i4>} | 36 | 1e0 is not a whole number",
                "{<m>,'w':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,4]},<i4>} | 36 | not a whole number",
                "{<m>,'w':{'dtype':'F32','shape':[0],'data_offsets':[0,0]},<i0>} | 32 | at least 1",
                "{<m>,'w':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,4]},<i4>} | 36 | overflow",
                "{<m>,'w':{'dtype':'F32','shape':[4294967297],'data_offsets':[0,4]},<i4>} | 36 | overflow",
                "{<m>,'w':{'dtype':'F32','shape':[2147483647],'data_offsets':[0,4]},<i4>} | 36 | has 4 bytes",
                "{<m>,'w':{'dtype':'F32','shape':[2],'data_offsets':[0,4]},<i4>} | 36 | has 4 bytes",
                "{<m>,'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]},<i8>} | 40 | begins at 4, but what is before it ends at 0",
                "{<m>,'v':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]},<i8>} | 40 | begins at 4, but what is before it ends at 8",
                "{<m>,'w':{'dtype':'F32','shape':[1],'data_offsets':[0,999999999999999999]},<i4>} | 36 | has 999999999999999999 bytes",
                "{<m>,'__integrity__':{'dtype':'U8','shape':[4,8],'data_offsets':[0,32]}} | 32 | shape of [4, 8], not [32]",
                "{<m>,'__integrity__':{'dtype':'F32','shape':[8],'data_offsets':[0,32]}} | 32 | has the type F32",
            })
    void aWrongHeaderIsRefused(String header, int dataBytes, String reason) throws Exception {
        String json = header.replace("<space>", " ")
                .replace("<m>", METADATA)
                .replace("<i0>", INTEGRITY.formatted(0, 32))
                .replace("<i4>", INTEGRITY.formatted(4, 36))
                .replace("<i8>", INTEGRITY.formatted(8, 40))
                .replace('\'', '"');
        byte[] file = sealed(json.getBytes(StandardCharsets.UTF_8), dataBytes);
        assertThatThrownBy(() -> parse(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("step-7.safetensors is not a valid checkpoint: its header is ")
                .hasMessageContaining(reason);
    }

    @Test
    void theHeadersOfThatTestWouldOtherwiseBeRight() throws Exception {
        String json = ("{" + METADATA + ",'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
                        + INTEGRITY.formatted(4, 36) + "}  ")
                .replace('\'', '"');
        assertThat(parse(sealed(json.getBytes(StandardCharsets.UTF_8), 36)).tensors())
                .containsOnlyKeys("w");
    }

    @Test
    void anAbsurdHeaderLengthAllocatesNothing() {
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, (1 << 20) + 1, 1 << 20}) {
            byte[] file = ByteBuffer.allocate(64)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .array();
            assertThatThrownBy(() -> parse(file))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("its header would have " + Long.toUnsignedString(length) + " bytes");
        }
    }

    @Test
    void deepNestingIsRefusedAtItsFirstLevel() throws Exception {
        byte[] header = ("{\"w\":" + "[".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
        assertInvalid(sealed(header, 32), "nesting");
        byte[] objects = "{\"w\":".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        assertInvalid(sealed(objects, 32), "nesting");
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() throws Exception {
        byte[] header = "{\"\u00ff\":0}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] file = sealed(header, 32);
        assertThatThrownBy(() -> parse(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aFileThatChangesWhileItIsReadIsRefused() throws IOException {
        byte[] file = bytes(small());
        SeekableInMemoryByteChannel changing = new SeekableInMemoryByteChannel(file) {
            private int starts;

            @Override
            public java.nio.channels.SeekableByteChannel position(long position) throws IOException {
                if (position == 0 && ++starts == 2) {
                    array()[file.length - 40] ^= 1;
                }
                return super.position(position);
            }
        };
        assertThatThrownBy(() -> CheckpointFormat.read(changing, NAME))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("SHA-256");
    }

    @Test
    void tooManyTensorsForTheHeaderAreRefusedBeforeAnythingIsWritten() {
        Map<String, Checkpoint.Tensor> tensors = new LinkedHashMap<>();
        IntStream.range(0, 20_000).forEach(i -> tensors.put("layer." + i, tensor(i, 1)));
        Checkpoint checkpoint = new Checkpoint(0, Map.of(), tensors);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bytes(checkpoint))
                .withMessageContaining("more than 1048576");
    }

    @Test
    void reservedNamesAndWrongSizesAreRefused() {
        Checkpoint.Tensor tensor = tensor(1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Checkpoint(0, Map.of(), Map.of("__integrity__", tensor)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint(0, Map.of("step", "1"), Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint(-1, Map.of(), Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint.Tensor(Shape.of(3), new float[2]));
    }

    @Test
    void aFileLargerThanTheHeapIsVerifiedAndItsDamageFound() throws Exception {
        Process process = JavaProcess.start(LargeCheckpoint.class, folder.toString());
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEqualTo("sound\nits content does not match its SHA-256\n");
    }

    /** Two tensors and a scalar: about one KiB. */
    private static Checkpoint small() {
        Map<String, Checkpoint.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("layers.0.w", tensor(1, 100));
        tensors.put("layers.0.b", tensor(2, 20));
        tensors.put("scale", new Checkpoint.Tensor(Shape.of(), new float[] {2}));
        return new Checkpoint(7, Map.of("learning_rate", HexBits.of(1e-3f)), tensors);
    }

    private static Checkpoint.Tensor tensor(long seed, int size) {
        KeyedRandom random = new KeyedRandom(seed);
        float[] values = new float[Math.max(1, size)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Checkpoint.Tensor(Shape.of(values.length), values);
    }

    private static int[] bits(float[] values) {
        return IntStream.range(0, values.length)
                .map(i -> Float.floatToRawIntBits(values[i]))
                .toArray();
    }

    private static byte[] bytes(Checkpoint checkpoint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CheckpointFormat.write(checkpoint, new Storage.Output() {
            @Override
            public void write(ByteBuffer buffer) {
                while (buffer.hasRemaining()) {
                    bytes.write(buffer.get());
                }
            }

            @Override
            public void force() {
                throw new AssertionError("the format does not force");
            }

            @Override
            public void close() {
                throw new AssertionError("the format does not close");
            }
        });
        return bytes.toByteArray();
    }

    private static Checkpoint parse(byte[] file) throws IOException {
        return CheckpointFormat.read(new SeekableInMemoryByteChannel(file), NAME);
    }

    private static void assertInvalid(byte[] file, String what) {
        Throwable thrown = catchThrowable(() -> parse(file));
        if (!(thrown instanceof CheckpointException) || !thrown.getMessage().startsWith(NAME + " is not a valid")) {
            throw new AssertionError(what + " went through or failed otherwise", thrown);
        }
    }

    /** Returns a file of this header and data of zeros, whose last 32 bytes are the right checksum. */
    private static byte[] sealed(byte[] header, int dataBytes) throws Exception {
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        file.position(file.capacity() - 32);
        file.put(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(file.array(), file.capacity() - 32)));
        return file.array();
    }
}
