package dev.nurture.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.spi.DataSource.RemoteFile;
import dev.nurture.testkit.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DataFetcherTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] CONTENT = new byte[200_000];
    private static final byte[] OTHER = new byte[1000];

    static {
        new SplittableRandom(1).nextBytes(CONTENT);
        new SplittableRandom(2).nextBytes(OTHER);
    }

    @TempDir
    Path temporary;

    private final FileServer server = new FileServer();
    private final List<String> progress = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private Path folder() {
        return temporary.resolve("home").resolve("blobs");
    }

    private Path place(String name) {
        return folder().resolve(name);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static RemoteFile file(String name, byte[] content, URI origin, String member) {
        return new RemoteFile(name, content.length, sha256(content), origin, member, "free");
    }

    private RemoteFile plain() {
        return file("a.bin", CONTENT, server.address("pub/a.bin"), null);
    }

    private List<RemoteFile> members() {
        return List.of(
                file("a.bin", CONTENT, server.address("pub/all.tar.gz"), "all/a.bin"),
                file("b.bin", OTHER, server.address("pub/all.tar.gz"), "all/b.bin"));
    }

    private List<DataFetcher.Fetched> fetch(List<RemoteFile> files, String from) throws FetchException {
        return fetch(files, from, LONG);
    }

    private List<DataFetcher.Fetched> fetch(List<RemoteFile> files, String from, Duration patience)
            throws FetchException {
        return new DataFetcher(new DataHome(temporary.resolve("home")), LONG, patience)
                .fetch(
                        "blobs",
                        files,
                        Optional.ofNullable(from),
                        (name, bytes, total) -> progress.add(name + " " + bytes + "/" + total));
    }

    private void assertFails(List<RemoteFile> files, String from, String message) {
        assertThatThrownBy(() -> fetch(files, from))
                .isInstanceOf(FetchException.class)
                .hasMessage(message);
    }

    private void assertFolderHolds(String... names) throws IOException {
        try (Stream<Path> entries = Files.list(folder())) {
            assertThat(entries.map(entry -> entry.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] archive(Object... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                byte[] content = (byte[]) namesAndContents[i + 1];
                TarArchiveEntry entry = new TarArchiveEntry((String) namesAndContents[i], true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void downloadsFromTheOriginAndLeavesARightFileAlone() throws IOException {
        server.put("pub/a.bin", CONTENT);
        List<DataFetcher.Fetched> first = fetch(List.of(plain()), null);
        assertThat(first).containsExactly(new DataFetcher.Fetched(plain(), place("a.bin"), false));
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
        assertFolderHolds("a.bin");
        assertThat(progress).last().isEqualTo("a.bin 200000/200000");
        assertThat(fetch(List.of(plain()), null).get(0).alreadyThere()).isTrue();
        assertThat(server.requests()).containsExactly("/pub/a.bin");
    }

    @Test
    void followsRedirects() throws IOException {
        server.redirect("pub/a.bin", "mirror/a.bin");
        server.put("mirror/a.bin", CONTENT);
        fetch(List.of(plain()), null);
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
    }

    @Test
    void aWrongFileIsReplacedOnlyByTheRightOne() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(place("a.bin"), "old");
        byte[] wrong = CONTENT.clone();
        wrong[77]++;
        server.put("pub/a.bin", wrong);
        assertFails(
                List.of(plain()),
                null,
                "data set 'blobs': " + server.address("pub/a.bin") + " is not the published a.bin: its SHA-256 is "
                        + sha256(wrong) + ", not " + sha256(CONTENT));
        assertThat(place("a.bin")).hasContent("old");
        assertFolderHolds("a.bin");
        server.put("pub/a.bin", CONTENT);
        fetch(List.of(plain()), null);
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
    }

    @Test
    void goesOnAfterACut() throws IOException {
        server.put("pub/a.bin", CONTENT);
        server.cutAfter = 150_000;
        assertThatThrownBy(() -> fetch(List.of(plain()), null))
                .isInstanceOf(FetchException.class)
                .hasMessageStartingWith("data set 'blobs': " + server.address("pub/a.bin") + ": the connection broke: ")
                .hasMessageEndingWith(" of 200000 bytes; the same command goes on from there");
        assertFolderHolds("a.bin.part");
        long kept = Files.size(place("a.bin.part"));
        assertThat(kept).isBetween(1L, 150_000L);
        server.cutAfter = -1;
        progress.clear();
        fetch(List.of(plain()), null);
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
        assertFolderHolds("a.bin");
        assertThat(server.requests()).containsExactly("/pub/a.bin", "/pub/a.bin bytes=" + kept + "-");
        assertThat(progress.get(0)).matches("a\\.bin [0-9]{6}/200000");
    }

    @Test
    void aServerThatIgnoresRangesStartsTheDownloadOver() throws IOException {
        Files.createDirectories(folder());
        Files.write(place("a.bin.part"), new byte[1234]);
        server.ranges = false;
        server.put("pub/a.bin", CONTENT);
        fetch(List.of(plain()), null);
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
        assertThat(server.requests()).containsExactly("/pub/a.bin bytes=1234-");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1234, 199_999, 200_000, 200_001, 300_000})
    void aPartThatDoesNotFitIsDownloadedAgain(int length) throws IOException {
        Files.createDirectories(folder());
        Files.write(place("a.bin.part"), new byte[length]);
        server.put("pub/a.bin", CONTENT);
        fetch(List.of(plain()), null);
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
        assertFolderHolds("a.bin");
    }

    @Test
    void aWholePartIsTakenWithoutAskingTheServer() throws IOException {
        Files.createDirectories(folder());
        Files.write(place("a.bin.part"), CONTENT);
        fetch(List.of(plain()), null);
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aServerThatAnnouncesNoLengthIsTakenAtItsChecksum() throws IOException {
        server.lengths = false;
        server.put("pub/a.bin", CONTENT);
        fetch(List.of(plain()), null);
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileOfAnotherLengthIsRefusedAndNothingIsLeft(boolean announced) throws IOException {
        server.lengths = announced;
        server.put("pub/a.bin", Arrays.copyOf(CONTENT, 1 << 20));
        assertFails(
                List.of(plain()),
                null,
                "data set 'blobs': " + server.address("pub/a.bin") + " has "
                        + (announced ? "1048576" : "more than 200000") + " bytes, but the published file has 200000");
        assertFolderHolds();
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws IOException {
        server.put("pub/a.bin", CONTENT);
        server.silentAfter = 5000;
        assertThatThrownBy(() -> fetch(List.of(plain()), null, Duration.ofSeconds(1)))
                .isInstanceOf(FetchException.class)
                .hasMessage("data set 'blobs': " + server.address("pub/a.bin")
                        + ": the server sent nothing for 1 s after 5000 of 200000 bytes; the same command goes on from"
                        + " there");
        assertThat(place("a.bin.part")).hasSize(5000);
    }

    @Test
    void everyFileThatDidNotComeIsNamedAndTheOthersDo() throws IOException {
        RemoteFile b = file("b.bin", OTHER, server.address("pub/b.bin"), null);
        RemoteFile c = file("c.bin", OTHER, server.address("pub/c.bin"), null);
        server.put("pub/b.bin", OTHER);
        assertFails(
                List.of(plain(), b, c),
                null,
                "data set 'blobs': 2 problems\n  " + server.address("pub/a.bin")
                        + ": the server answered 404 (not found)\n  " + server.address("pub/c.bin")
                        + ": the server answered 404 (not found)");
        assertThat(place("b.bin")).hasBinaryContent(OTHER);
        assertFolderHolds("b.bin");
    }

    @Test
    void aServerThatIsNotThereIsTriedOnceAndNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String authority = InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
        RemoteFile a = file("a.bin", CONTENT, URI.create("http://" + authority + "/a.bin"), null);
        RemoteFile b = file("b.bin", OTHER, URI.create("http://" + authority + "/b.bin"), null);
        assertThatThrownBy(() -> fetch(List.of(a, b), null))
                .isInstanceOf(FetchException.class)
                .hasMessageMatching("data set 'blobs': " + authority
                        + " cannot be reached: (the connection was refused|Connection refused); files that are on this"
                        + " machine already come in with --from FOLDER");
        assertFolderHolds();
    }

    @Test
    void takesMembersOutOfADownloadedArchive() throws IOException {
        server.put("pub/all.tar.gz", archive("all/readme", OTHER, "all/b.bin", OTHER, "all/a.bin", CONTENT));
        fetch(members(), null);
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
        assertThat(place("b.bin")).hasBinaryContent(OTHER);
        assertFolderHolds("a.bin", "b.bin");
        assertThat(server.requests()).containsExactly("/pub/all.tar.gz");
    }

    @Test
    void goesOnWithAnArchive() throws IOException {
        byte[] archive = archive("all/b.bin", OTHER, "all/a.bin", CONTENT);
        server.put("pub/all.tar.gz", archive);
        Files.createDirectories(folder());
        for (int kept : new int[] {1000, archive.length}) {
            Files.write(place("all.tar.gz.part"), Arrays.copyOf(archive, kept));
            fetch(members(), null);
            assertFolderHolds("a.bin", "b.bin");
            assertThat(server.requests()).last().isEqualTo("/pub/all.tar.gz bytes=" + kept + "-");
            Files.delete(place("a.bin"));
        }
        // A piece of another edition: the whole is not an archive, so it comes once more from the start.
        Files.write(place("all.tar.gz.part"), new byte[1000]);
        fetch(members(), null);
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
        assertThat(server.requests()).endsWith("/pub/all.tar.gz bytes=1000-", "/pub/all.tar.gz");
        assertFolderHolds("a.bin", "b.bin");
    }

    @Test
    void membersThatAreMissingOrWrongAreNamed() throws IOException {
        byte[] wrong = OTHER.clone();
        wrong[0]++;
        server.put("pub/all.tar.gz", archive("all/b.bin", wrong, "./all/a.bin", CONTENT));
        String source = server.address("pub/all.tar.gz").toString();
        assertFails(
                members(),
                null,
                "data set 'blobs': " + source + ": member all/b.bin is not the published b.bin: its SHA-256 is "
                        + sha256(wrong) + ", not " + sha256(OTHER) + "; " + source + " has no member all/a.bin");
        assertFolderHolds();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anArchiveCannotWriteElsewhere() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (String name : List.of("../escaped", "/escaped", "all/../../escaped", "a.bin", "..\\escaped")) {
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setSize(OTHER.length);
                tar.putArchiveEntry(entry);
                tar.write(OTHER);
                tar.closeArchiveEntry();
            }
            TarArchiveEntry link = new TarArchiveEntry("all/b.bin", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        server.put("pub/all.tar.gz", bytes.toByteArray());
        assertFails(
                members(),
                null,
                "data set 'blobs': " + server.address("pub/all.tar.gz") + " has no member all/a.bin, all/b.bin");
        assertFolderHolds();
        try (Stream<Path> all = Files.walk(temporary)) {
            assertThat(all.filter(path -> path.toString().contains("escaped"))).isEmpty();
        }
    }

    @Test
    void everyTruncationOfAnArchiveIsRefusedAndNothingIsLeft() throws IOException {
        byte[] archive = archive("all/a.bin", OTHER);
        RemoteFile a = file("a.bin", OTHER, server.address("pub/all.tar.gz"), "all/a.bin");
        Path place = temporary.resolve("all.tar.gz");
        for (int length = 0; length < 1000; length += 13) {
            Files.write(place, Arrays.copyOf(archive, length));
            assertThatThrownBy(() -> fetch(List.of(a), temporary.toString()))
                    .isInstanceOf(FetchException.class)
                    .hasMessageStartingWith("data set 'blobs': " + place);
            assertFolderHolds();
        }
    }

    @Test
    void takesFilesFromAFolderInAnyForm() throws IOException {
        Path from = Files.createDirectory(temporary.resolve("from"));
        Files.write(from.resolve("a.bin"), CONTENT);
        Files.write(from.resolve("b.bin.gz"), gzip(OTHER));
        fetch(members(), from.toString());
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
        assertThat(place("b.bin")).hasBinaryContent(OTHER);
        assertFolderHolds("a.bin", "b.bin");
        assertThat(from.resolve("a.bin")).exists();
        assertThat(server.requests()).isEmpty();

        Files.delete(place("a.bin"));
        Files.delete(from.resolve("a.bin"));
        Files.write(from.resolve("all.tar.gz"), archive("all/a.bin", CONTENT));
        List<DataFetcher.Fetched> fetched = fetch(members(), from.toUri().toString());
        assertThat(fetched).extracting(DataFetcher.Fetched::alreadyThere).containsExactly(false, true);
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
    }

    @Test
    void aWrongFileInTheFolderDoesNotHideARightOne() throws IOException {
        Files.write(temporary.resolve("a.bin"), OTHER);
        Files.write(temporary.resolve("a.bin.gz"), gzip(CONTENT));
        fetch(List.of(plain()), temporary.toString());
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
    }

    @Test
    void aFolderWithoutTheFilesIsNamed() throws IOException {
        assertFails(
                List.of(members().get(1)),
                temporary.toString(),
                "data set 'blobs': b.bin was not found: there is no " + temporary.resolve("b.bin") + "; there is no "
                        + temporary.resolve("b.bin.gz") + "; there is no " + temporary.resolve("all.tar.gz"));
        assertFails(
                List.of(plain()),
                temporary.resolve("nowhere").toString(),
                "there is no folder " + temporary.resolve("nowhere"));
        assertFails(
                List.of(plain()),
                "ftp://host/data",
                "'ftp://host/data' is neither a folder nor an address of the kind http://…, https://… or file:///…");
    }

    @Test
    void aGzipBombInTheFolderStopsAtThePublishedLength() throws IOException {
        Files.write(temporary.resolve("b.bin.gz"), gzip(new byte[50_000_000]));
        assertFails(
                List.of(members().get(1)),
                temporary.toString(),
                "data set 'blobs': " + temporary.resolve("b.bin.gz")
                        + " is longer than the published b.bin of 1000 bytes");
        assertThat(progress).isEmpty();
        assertFolderHolds();
    }

    @Test
    void takesFilesFromAnAddressInAnyForm() throws IOException {
        server.put("mirror/a.bin.gz", gzip(CONTENT));
        server.put("mirror/all.tar.gz", archive("all/b.bin", OTHER));
        fetch(members(), server.address("mirror").toString());
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
        assertThat(place("b.bin")).hasBinaryContent(OTHER);
        assertFolderHolds("a.bin", "b.bin");
        assertThat(server.requests())
                .containsExactly(
                        "/mirror/a.bin", "/mirror/a.bin.gz", "/mirror/b.bin", "/mirror/b.bin.gz", "/mirror/all.tar.gz");
    }

    @Test
    void whatAnInterruptedFetchLeftGoesOnceAllFilesAreThere() throws IOException {
        Files.createDirectories(folder());
        for (String name : List.of("a.bin.part", "a.bin.tmp", "all.tar.gz.part", "notes.txt")) {
            Files.write(place(name), OTHER);
        }
        Files.write(temporary.resolve("a.bin"), CONTENT);
        fetch(List.of(members().get(0)), temporary.toString());
        assertFolderHolds("a.bin", "notes.txt");
    }

    @Test
    void ofTwoFetchesAtOnceTheSecondFails() throws IOException {
        Files.createDirectories(folder());
        FetchLock lock = FetchLock.take(temporary.resolve("home/.blobs.lock"), folder());
        try {
            assertFails(
                    List.of(plain()),
                    null,
                    "another fetch is at work in " + folder() + "; try again when it has ended");
        } finally {
            lock.close();
        }
        server.put("pub/a.bin", CONTENT);
        fetch(List.of(plain()), null);
        assertThat(place("a.bin")).hasBinaryContent(CONTENT);
    }

    @Test
    void aFullDiskIsNamed() throws IOException {
        Path full = Path.of("/dev/full");
        Needs.that(Files.exists(full), "there is no device that is always full here");
        Files.createDirectories(folder());
        Files.createSymbolicLink(place("a.bin.tmp"), full);
        Files.write(temporary.resolve("a.bin"), CONTENT);
        assertFails(
                List.of(plain()),
                temporary.toString(),
                "data set 'blobs': " + place("a.bin.tmp") + " cannot be written: No space left on device");
        assertFolderHolds();
    }

    @Test
    void aHomeThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(temporary.resolve("home"), "a file");
        assertThatThrownBy(() -> fetch(List.of(plain()), null))
                .isInstanceOf(FetchException.class)
                .hasMessageStartingWith("the folder " + folder() + " cannot be made: ");
    }

    @Test
    void aFilesNameCannotLeadElsewhere() {
        RemoteFile file = file("../a.bin", CONTENT, server.address("a.bin"), null);
        assertThatThrownBy(() -> fetch(List.of(file), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'../a.bin' is not the name of a file");
    }
}
