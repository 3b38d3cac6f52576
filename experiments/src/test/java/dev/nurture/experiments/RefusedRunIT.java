package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be run is refused with exit status 2 and one message, and leaves nothing behind. */
class RefusedRunIT {
    private static final int IMAGES = 2051;
    private static final int LABELS = 2049;
    private static final int ROWS = 20;

    @TempDir
    Path folder;

    private Nurture nurture;

    @BeforeEach
    void prepare() {
        nurture = new Nurture(folder);
    }

    @Test
    void aDataSetThatIsNotHere() throws IOException {
        Path data = folder.resolve("data");
        nurture.with("NURTURE_DATA", data)
                .run("run", Nurture.shipped("mnist_mlp"))
                .refuses("error: data 'mnist': train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz,"
                        + " t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz are missing in "
                        + data.resolve("mnist")
                        + "; run: nurture data fetch mnist");
        leaves();
    }

    @Test
    void aFolderThatHasNoFilesToFetch() throws IOException {
        Path data = folder.resolve("data");
        Path source = Files.createDirectory(folder.resolve("source"));
        nurture.with("NURTURE_DATA", data)
                .run("data", "fetch", "mnist", "--from", source.toString())
                .refuses("error: data set 'mnist': 4 problems\n"
                        + Stream.of("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
                                .map(name -> "  there is no " + source.resolve(name + "-ubyte.gz"))
                                .collect(Collectors.joining("\n")));
        assertThat(Nurture.names(data.resolve("mnist"))).isEmpty();
    }

    @Test
    void aTableThatIsCutOff() throws IOException {
        write("rows.csv", "a,b,label\n1,2,0\n3,4,1\n5,6");
        write("rows.yaml", "data: {type: csv, path: rows.csv, target: label}\nmodel: [{type: dense, units: 2}]\n");
        nurture.run("run", "rows.yaml")
                .refuses("error: data 'csv': " + folder.resolve("rows.csv")
                        + ": line 4: the row has 2 fields, but the first line has 3");
        leaves("rows.csv", "rows.yaml");
    }

    @Test
    void imagesThatAreCutOff() throws IOException {
        idx(ROWS * 16 - 7, 1);
        nurture.run("run", "idx.yaml")
                .refuses("error: data 'idx': " + folder.resolve("images")
                        + ": byte 329: 20 images of 4×4 make a file of 336 bytes, but it has 329");
        leaves("idx.yaml", "images", "labels");
    }

    @Test
    void aLabelOutOfRange() throws IOException {
        idx(ROWS * 16, 7);
        nurture.run("run", "idx.yaml")
                .refuses("error: data 'idx': " + folder.resolve("labels")
                        + ": byte 27: row 20 has label 7, but there are 2 classes, 0 to 1");
        leaves("idx.yaml", "images", "labels");
    }

    /** Writes images of 4×4 with some number of pixels, and labels of which the last is given. */
    private void idx(int pixels, int lastLabel) throws IOException {
        Files.write(
                folder.resolve("images"),
                ByteBuffer.allocate(16 + pixels)
                        .putInt(IMAGES)
                        .putInt(ROWS)
                        .putInt(4)
                        .putInt(4)
                        .array());
        ByteBuffer labels = ByteBuffer.allocate(8 + ROWS).putInt(LABELS).putInt(ROWS);
        Files.write(
                folder.resolve("labels"), labels.put(7 + ROWS, (byte) lastLabel).array());
        write("idx.yaml", """
                data: {type: idx, train_images: images, train_labels: labels, classes: 2}
                model: [{type: dense, units: 2}]
                """);
    }

    @Test
    void aPluginThatIsNotThere() throws IOException {
        nurture.run("run", Nurture.shipped("digits"), "model[1].type=drop_out")
                .refuses("command line: 1 problem\n  model[1]: there is no layer 'drop_out'; did you mean 'dropout'?");
        leaves();
    }

    @Test
    void anOutputFolderThatCannotBe() throws IOException {
        write("file", "text");
        Nurture.Outcome below = nurture.run("run", Nurture.shipped("digits"), "--runs", "file/runs");
        assertThat(below.exits(2).err())
                .matches("error: run directory file/runs/digits-\\S+ cannot be used: \\Q" + folder.toRealPath()
                        + "/file\\E is not a folder\n");
        assertThat(below.out()).isEmpty();
        nurture.run("run", Nurture.shipped("digits"), "--run-dir", "file")
                .refuses("error: run directory file is a file, not a folder");
        leaves("file");
        assertThat(folder.resolve("file")).hasContent("text");
    }

    @Test
    void aFolderThatIsNotEmpty() throws IOException {
        write("full/diary.txt", "text");
        nurture.run("run", Nurture.shipped("digits"), "--run-dir", "full")
                .refuses("error: run directory full is not empty: it holds diary.txt");
        assertThat(Nurture.names(folder.resolve("full"))).containsExactly("diary.txt");
    }

    @Test
    void aBatchLargerThanTheSet() throws IOException {
        nurture.run("run", Nurture.shipped("digits"), "training.batch_size=5000")
                .refuses(Nurture.shipped("digits")
                        + ": 1 problem\n  training.batch_size: 5000 is more than the 1258 rows there are to train on");
        leaves();
    }

    @Test
    void outputsThatAreNotTheClasses() throws IOException {
        write("narrow.yaml", "data: digits\nmodel:\n  - {type: dense, units: 20}\n  - {type: dense, units: 9}\n");
        nurture.run("run", "narrow.yaml")
                .refuses("narrow.yaml: 1 problem\n"
                        + "  line 4: model[1]: the network gives 9 values a row, but data 'digits' has 10 classes");
        leaves("narrow.yaml");
    }

    @Test
    void aKernelLargerThanTheImage() throws IOException {
        write("kernel.yaml", """
                data: digits
                model:
                  - {type: conv2d, filters: 3, kernel: 9, padding: valid}
                  - {type: dense, units: 10}
                """);
        nurture.run("run", "kernel.yaml")
                .refuses("kernel.yaml: 1 problem\n  line 3: model[0]: a kernel of 9×9 does not fit into images of 1×8×8"
                        + " with padding 0; a smaller kernel or more padding would");
        leaves("kernel.yaml");
    }

    @Test
    void aCommandThatIsNone() throws IOException {
        nurture.run("rum", "digits.yaml")
                .refuses("error: there is no command 'rum'; did you mean 'run'?\nSee: nurture --help");
        leaves();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Asserts that the folder holds what the test put there and nothing else. */
    private void leaves(String... names) throws IOException {
        assertThat(Nurture.names(folder)).isEqualTo(List.of(names));
    }
}
