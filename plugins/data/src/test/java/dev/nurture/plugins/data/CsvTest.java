package dev.nurture.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import dev.nurture.testkit.DataSourceContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @TempDir
    Path folder;

    private Dataset load(String content, Object... settings) throws IOException {
        return load(content.getBytes(StandardCharsets.UTF_8), settings);
    }

    private Dataset load(byte[] content, Object... settings) throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("path", Loading.write(folder.resolve("t.csv"), content));
        for (int i = 0; i < settings.length; i += 2) {
            values.put((String) settings[i], settings[i + 1]);
        }
        return Loading.load(Csv.FACTORY, values).train();
    }

    private void assertRefused(String content, String message, Object... settings) {
        assertThatThrownBy(() -> load(content, settings))
                .isInstanceOf(DataFormatException.class)
                .hasMessage(folder.resolve("t.csv") + ": " + message);
    }

    @Test
    void wordsBecomeClassesInAlphabeticalOrder() throws IOException {
        Dataset data = load("kind,a,b\ndog,1,2\ncat,3,4.5\ndog,-5e1,.5\n", "target", "kind");
        assertThat(data.shape()).isEqualTo(Shape.of(2));
        assertThat(data.x()).containsExactly(1, 2, 3, 4.5f, -50, .5f);
        assertThat(data.classNames()).containsExactly("cat", "dog");
        assertThat(data.labels()).containsExactly(1, 0, 1);
        assertThat(data.width()).isEqualTo(2);
    }

    @Test
    void wholeNumbersFromZeroAreTheClasses() throws IOException {
        Dataset data = load("a,class\n1,2\n1,0\n1,1\n");
        assertThat(data.labels()).containsExactly(2, 0, 1);
        assertThat(data.width()).isEqualTo(3);
        assertThat(data.classNames()).isEmpty();
    }

    @Test
    void otherNumbersAreTargetsOfARegression() throws IOException {
        Dataset data = load("a,price\n1,2.5\n1,0\n1,1\n");
        assertThat(data.classification()).isFalse();
        assertThat(data.values()).containsExactly(2.5f, 0, 1);
        assertThat(data.width()).isEqualTo(1);
        assertThat(load("a,price\n1,1\n1,2\n").classification()).isFalse();
        assertThat(load("a,price\n1,0\n1,2\n").classification()).isFalse();
    }

    @Test
    void theTaskDecidesWhereNumbersCouldBeBoth() throws IOException {
        assertThat(load("a,y\n1,0\n1,1\n", "task", "regression").values()).containsExactly(0, 1);
        Dataset signs = load("a,y\n1,10\n1,-1\n1,9\n", "task", "classification");
        assertThat(signs.classNames()).containsExactly("-1", "9", "10");
        assertThat(signs.labels()).containsExactly(2, 0, 1);
        Dataset plain = load("a,y\n1,1\n1,0\n", "task", "classification");
        assertThat(plain.classNames()).isEmpty();
        assertThat(plain.labels()).containsExactly(1, 0);
    }

    @Test
    void withoutAHeaderTheTargetIsANumber() throws IOException {
        Dataset data = load("7,0,8\n9,1,10", "header", false, "target", "2");
        assertThat(data.x()).containsExactly(7, 8, 9, 10);
        assertThat(data.labels()).containsExactly(0, 1);
        assertRefused(
                "1,2\n", "line 1: there is no column 3 for the target; there are 2", "header", false, "target", "3");
        assertThatThrownBy(() -> load("1,2\n", "header", false, "target", "price"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("without a header the target is a column's number, from 1, not 'price'");
    }

    @Test
    void readsQuotesLineEndsBlanksAndMarks() throws IOException {
        String content =
                "\uFEFF\"a \"\"1\"\"\",\"the\r\nclass\" , b \r\n 1 ,\"two, \"\"2\"\"\",\t3\r\n4,one,\"5\"\r\n\r\n\n";
        Dataset data = load(content, "target", "the\r\nclass");
        assertThat(data.x()).containsExactly(1, 3, 4, 5);
        assertThat(data.classNames()).containsExactly("one", "two, \"2\"");
    }

    @Test
    void readsOtherDelimitersAndCompressedFiles() throws IOException {
        float[] expected = {1, 2, 3, 4};
        assertThat(load("a;b;y\n1;2;0\n3;4;1\n", "delimiter", ";").x()).containsExactly(expected);
        assertThat(load("a\tb\ty\n1\t2\t0\n3\t4\t1\n", "delimiter", "tab").x()).containsExactly(expected);
        assertThat(load("a b y\n1 2 0\n3 4 1\n", "delimiter", " ").x()).containsExactly(expected);
        assertThat(load(Loading.gzip("a,b,y\n1,2,0\n3,4,1\n".getBytes(StandardCharsets.UTF_8)))
                        .x())
                .containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";;", "\"", "\n", "5", "e", "-", "."})
    void refusesDelimitersThatCannotStandBetweenNumbers(String delimiter) {
        assertThatThrownBy(() -> load("a,b\n1,2\n", "delimiter", delimiter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the delimiter '" + delimiter + "' is not one character");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nan|'nan' is not a finite number",
                "Infinity|'Infinity' is not a finite number",
                "-inf|'-inf' is not a finite number",
                "''|the cell is empty; a number must stand here",
                "red|'red' is not a finite number",
                "1e39|'1e39' is too large; numbers lie within ±3.4028235e38"
            })
    void cellsThatAreNoFiniteNumbersAreRefused(String cell, String message) {
        assertRefused("a,b,y\n1,2,0\n1," + cell + ",1\n", "line 3, column 2 'b': " + message);
    }

    @Test
    void targetsThatAreMissingOrNotFiniteAreRefused() {
        assertRefused("a,y\n1,cat\n2,\n", "line 3, column 2 'y': the target is missing");
        assertRefused("a,y\n1,cat\n2,NaN\n", "line 3, column 2 'y': 'NaN' is not a finite number and not a class");
        assertRefused(
                "a,y\n1,2.5\n2,-Inf\n", "line 3, column 2 'y': '-Inf' is not a finite number", "task", "regression");
        assertRefused(
                "a,y\n1,2.5\n2,NA\n",
                "line 3, column 2 'y': 'NA' is not a number, as the targets before are; if they are names of classes"
                        + " set task: classification");
    }

    @Test
    void rowsOfAnotherLengthAreRefusedWithTheirLine() {
        assertRefused("a,\"b\n\",y\n1,2,0\n1,2\n", "line 4: the row has 2 fields, but the first line has 3");
        assertRefused("a,y\n1,0,9\n", "line 2: the row has 3 fields, but the first line has 2");
        assertRefused("a,y\n1,0\n\n2,1\n", "line 3: the line is empty, but records follow");
    }

    @Test
    void brokenQuotesAreRefused() {
        assertRefused("a,y\n1,\"x\n2,y\n", "line 2: the quote of field 2 never closes");
        assertRefused("a,y\n1,\"x\"z\n", "line 2: field 2 goes on after its closing quote");
        assertRefused(
                "a,y\n1,x\"z\"\n",
                "line 2: field 2 has a quote inside; a field with quotes is quoted, and its quotes are doubled");
        assertRefused("a,y\r1,2\r", "line 1: a carriage return without a line feed; lines end in LF or CRLF");
    }

    @Test
    void headersMustBeThereAndNameTheTarget() {
        assertRefused(
                "1,2\n3,4\n",
                "line 1: the first line holds numbers alone, not the names of columns; set header: false");
        assertRefused("a,y\n1,2\n", "line 1: there is no column 'x' for the target; there are a, y", "target", "x");
        assertRefused("y,y\n1,2\n", "line 1: two columns are called 'y', the name of the target", "target", "y");
        assertRefused("a,y\n", "line 1: the file holds a header, but no rows");
        assertRefused("", "line 1: the file is empty");
        assertRefused(
                "a;y\n1;2\n",
                "line 1: there is one column, but a target and at least one feature are needed; is ',' the delimiter?");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] latin = "a,y\n1,caf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> load(latin))
                .isInstanceOf(DataFormatException.class)
                .hasMessageEndingWith("line 2, column 2 'y': the text is not UTF-8");
    }

    @Test
    void readsThePublishedDigitsAsATable() throws IOException {
        Path file = SharedData.folder("optdigits").resolve("optdigits.tra");
        Dataset data = Loading.load(Csv.FACTORY, Map.of("path", file, "header", false, "target", "65"))
                .train();
        assertThat(data.rows()).isEqualTo(3823);
        assertThat(data.shape()).isEqualTo(Shape.of(64));
        // As the authors' own description lists them.
        assertThat(Loading.perClass(data)).containsExactly(376, 389, 380, 389, 387, 376, 377, 387, 380, 382);
    }

    @Nested
    class AgainstTheContract extends DataSourceContract {
        @Override
        protected DataSource create() {
            byte[] table = "a,b\n1,2.5\n-3,4.5\n".getBytes(StandardCharsets.UTF_8);
            return MapSettings.create(Csv.FACTORY, Map.of("path", Loading.write(folder.resolve("t.csv"), table)));
        }
    }
}
