package dev.nurture.plugins.data;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The target column of a table: classes or numbers.
 *
 * <p>Class names are sorted, by value when all are whole numbers, otherwise as text; the whole numbers 0 to C−1, all of
 * them present, are the classes themselves. Under {@link Task#AUTO} the first row decides: a word there makes every target
 * a name, a number makes every target a number, and those are classes if they are the whole numbers 0 to C−1, C at least
 * 2 and all of them present.
 */
final class CsvTargets {
    /** What the targets are for. */
    enum Task {
        AUTO,
        CLASSIFICATION,
        REGRESSION
    }

    /** A column that holds numbers and is not yet known to be classes; above this many it is not. */
    private static final int MOST_NUMBERED_CLASSES = 1 << 16;

    private static final Set<String> NOT_FINITE = Set.of("nan", "inf", "infinity");

    private final Task task;
    private final int column;
    private final FloatColumn numbers = new FloatColumn();
    private final Map<String, Integer> codes = new HashMap<>();
    private boolean named;

    CsvTargets(Task task, int column) {
        this.task = task;
        this.column = column;
        named = task == Task.CLASSIFICATION;
    }

    /** Adds the target of a record. */
    void add(CsvReader csv) throws DataFormatException {
        if (csv.isEmpty(column)) {
            throw csv.cell(column, "the target is missing");
        }
        if (task == Task.AUTO && numbers.size() == 0) {
            named = !csv.isNumber(column);
        }
        float value;
        if (named) {
            value = code(csv);
        } else {
            if (task == Task.AUTO && !csv.isNumber(column)) {
                throw csv.cell(
                        column,
                        "'" + csv.text(column) + "' is not a number, as the targets before are; if they are names of"
                                + " classes set task: classification");
            }
            value = csv.number(column);
        }
        if (!numbers.add(value)) {
            throw csv.cell(column, "the targets do not fit in memory");
        }
    }

    /** Returns the number of the name, in the order of appearance. */
    private int code(CsvReader csv) throws DataFormatException {
        String name = csv.text(column);
        Integer known = codes.get(name);
        if (known != null) {
            return known;
        }
        String word = name.startsWith("-") || name.startsWith("+") ? name.substring(1) : name;
        if (NOT_FINITE.contains(word.toLowerCase(Locale.ROOT))) {
            throw csv.cell(column, "'" + name + "' is not a finite number and not a class");
        }
        if (codes.size() == 1 << 24) {
            throw csv.cell(column, "there are more than " + (1 << 24) + " classes");
        }
        codes.put(name, codes.size());
        return codes.size() - 1;
    }

    /** Returns the rows with these targets. */
    Dataset dataset(Shape shape, float[] x) {
        if (named) {
            return classes(shape, x);
        }
        int classes = task == Task.AUTO ? numberedClasses() : 0;
        if (classes < 2) {
            return Dataset.regression(shape, x, numbers.toArray(), 1);
        }
        int[] labels = new int[numbers.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (int) numbers.get(row);
        }
        return Dataset.classification(shape, x, labels, classes, List.of());
    }

    /** Returns C if the numbers are 0 to C−1, whole and all of them present, otherwise 0. */
    private int numberedClasses() {
        Set<Integer> present = new HashSet<>();
        int largest = 0;
        for (int row = 0; row < numbers.size(); row++) {
            float value = numbers.get(row);
            if (value != (int) value || value < 0 || value >= MOST_NUMBERED_CLASSES) {
                return 0;
            }
            present.add((int) value);
            largest = Math.max(largest, (int) value);
        }
        return present.size() == largest + 1 ? present.size() : 0;
    }

    private Dataset classes(Shape shape, float[] x) {
        boolean whole = codes.keySet().stream().allMatch(name -> name.matches("0|-?[1-9][0-9]{0,17}"));
        Comparator<String> order = whole ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
        List<String> names = codes.keySet().stream().sorted(order).toList();
        int[] rank = new int[names.size()];
        boolean numbered = whole;
        for (int i = 0; i < rank.length; i++) {
            rank[codes.get(names.get(i))] = i;
            numbered = numbered && Long.parseLong(names.get(i)) == i;
        }
        int[] labels = new int[numbers.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = rank[(int) numbers.get(row)];
        }
        return Dataset.classification(shape, x, labels, names.size(), numbered ? List.of() : names);
    }
}
