package dev.nurture.plugins.data;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Settings;
import dev.nurture.spi.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The user's own table: one column is the target, all others are numbers. */
final class Csv implements DataSource {
    private static final int MOST_SHOWN = 20;

    private static final Param<Path> PATH = Param.path("path").doc("the file, plain or gzip-compressed, in UTF-8");
    private static final Param<String> TARGET = Param.text("target")
            .optional()
            .doc("name of the target column; without a header its number, from 1; default: the last column");
    private static final Param<Boolean> HEADER =
            Param.flag("header").or(true).doc("whether the first line names the columns");
    private static final Param<String> DELIMITER =
            Param.text("delimiter").or(",").doc("one character between the fields, or the word tab");
    private static final Param<String> TASK = Param.choice("task", "auto", "classification", "regression")
            .or("auto")
            .doc("auto: classification if the targets are words or the whole numbers 0 to C-1, all of them present");

    static final Factory<DataSource> FACTORY = new Factory<>(
            DataSource.class,
            "csv",
            "A table of numbers with a target column, as comma-separated values (RFC 4180); every row is complete and"
                    + " finite. Words as targets become classes in alphabetical order.",
            List.of(PATH, TARGET, HEADER, DELIMITER, TASK),
            Csv::new);

    private final Path path;
    private final String target;
    private final boolean header;
    private final char delimiter;
    private final CsvTargets.Task task;

    private Csv(Settings settings) {
        path = settings.get(PATH);
        target = settings.get(TARGET);
        header = settings.get(HEADER);
        delimiter = delimiter(settings.get(DELIMITER));
        task = switch (settings.get(TASK)) {
            case "classification" -> CsvTargets.Task.CLASSIFICATION;
            case "regression" -> CsvTargets.Task.REGRESSION;
            default -> CsvTargets.Task.AUTO;
        };
        if (!header && target != null && !target.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "without a header the target is a column's number, from 1, not '" + target + "'");
        }
    }

    private static char delimiter(String text) {
        if (text.equals("tab") || text.equals("\\t")) {
            return '\t';
        }
        if (text.length() != 1 || !" \t!#$%&*/:;<=>?@\\^_`|~,".contains(text)) {
            throw new IllegalArgumentException("the delimiter '" + text
                    + "' is not one character that can stand between numbers, such as ',', ';', '|' or tab");
        }
        return text.charAt(0);
    }

    @Override
    public Splits load(Context context) throws IOException {
        try (Content content = Content.open(path)) {
            CsvReader csv = new CsvReader(content.name(), content.stream(), delimiter);
            if (!csv.next()) {
                throw DataFormatException.atLine(content.name(), 1, "the file is empty");
            }
            return new Splits(read(csv), Optional.empty());
        }
    }

    private Dataset read(CsvReader csv) throws IOException {
        int columns = csv.fields();
        if (columns < 2) {
            throw csv.problem("there is one column, but a target and at least one feature are needed; is '" + delimiter
                    + "' the delimiter?");
        }
        int targetColumn = header ? header(csv) : numberedTarget(csv);
        boolean more = !header || csv.next();
        if (!more) {
            throw csv.problem("the file holds a header, but no rows");
        }
        FloatColumn features = new FloatColumn();
        CsvTargets targets = new CsvTargets(task, targetColumn);
        for (; more; more = csv.next()) {
            if (csv.fields() != columns) {
                throw csv.problem("the row has " + csv.fields() + " fields, but the first line has " + columns);
            }
            for (int i = 0; i < columns; i++) {
                if (i == targetColumn) {
                    targets.add(csv);
                } else if (!features.add(csv.number(i))) {
                    throw csv.cell(
                            i,
                            "the table does not fit in memory ("
                                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB)");
                }
            }
        }
        return targets.dataset(Shape.of(columns - 1), features.toArray());
    }

    private int numberedTarget(CsvReader csv) throws DataFormatException {
        int number = target == null ? csv.fields() : Integer.parseInt(target);
        if (number > csv.fields()) {
            throw csv.problem("there is no column " + number + " for the target; there are " + csv.fields());
        }
        return number - 1;
    }

    private int header(CsvReader csv) throws DataFormatException {
        String[] names = new String[csv.fields()];
        boolean numbers = true;
        for (int i = 0; i < names.length; i++) {
            names[i] = csv.text(i);
            numbers &= csv.isNumber(i);
        }
        if (numbers) {
            throw csv.problem("the first line holds numbers alone, not the names of columns; set header: false");
        }
        csv.columns(names);
        if (target == null) {
            return names.length - 1;
        }
        int found = Arrays.asList(names).indexOf(target);
        if (found < 0) {
            throw csv.problem("there is no column '" + target + "' for the target; there are "
                    + String.join(", ", Arrays.asList(names).subList(0, Math.min(MOST_SHOWN, names.length)))
                    + (names.length > MOST_SHOWN ? " and " + (names.length - MOST_SHOWN) + " more" : ""));
        }
        if (Arrays.asList(names).lastIndexOf(target) != found) {
            throw csv.problem("two columns are called '" + target + "', the name of the target");
        }
        return found;
    }
}
