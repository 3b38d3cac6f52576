package dev.nurture.run;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Writes {@code metrics.csv}, a line an epoch. It holds nothing that depends on time or place: the same run gives the
 * same bytes. Numbers are the shortest decimals that give back the same float or double. One thread.
 */
public final class MetricLog implements Closeable {
    private static final String HEADER =
            "epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy";

    private final CsvLog log;
    private final List<Row> rows = new ArrayList<>();

    private MetricLog(CsvLog log) {
        this.log = log;
        log.linesBefore().forEach(line -> rows.add(Row.parse(line)));
    }

    /**
     * A line. What does not apply, such as the accuracy of a regression, is empty; NaN is a number like others.
     *
     * @param epoch how many are complete
     * @param step how many are made
     * @param learningRate of the last step
     */
    public record Row(
            int epoch,
            long step,
            float learningRate,
            OptionalDouble trainLoss,
            OptionalDouble trainAccuracy,
            OptionalDouble validationLoss,
            OptionalDouble validationAccuracy) {
        private static Row parse(String line) {
            String[] cells = line.split(",", -1);
            return new Row(
                    Integer.parseInt(cells[0]),
                    Long.parseLong(cells[1]),
                    Float.parseFloat(cells[2]),
                    number(cells[3]),
                    number(cells[4]),
                    number(cells[5]),
                    number(cells[6]));
        }

        private static OptionalDouble number(String cell) {
            return cell.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(cell));
        }
    }

    /**
     * How far a log reached when a checkpoint was written.
     *
     * @param offset bytes from the start of the file
     * @param sha256 of those bytes, in lower-case hex
     */
    public record Mark(long offset, String sha256) {}

    /** Begins the log of a new run. */
    public static MetricLog create(RunDirectory directory) throws IOException {
        return new MetricLog(
                CsvLog.create(directory.storage(), directory.files().metrics(), HEADER));
    }

    /**
     * Goes on behind a mark; lines after it are cut off, for they will be written again.
     *
     * @throws IOException if the lines before the mark are not those that were there
     */
    public static MetricLog resume(RunDirectory directory, Mark mark) throws IOException {
        return new MetricLog(
                CsvLog.resume(directory.storage(), directory.files().metrics(), mark));
    }

    /** Writes a line. */
    public void append(Row row) throws IOException {
        log.append(row.epoch()
                + "," + row.step()
                + "," + row.learningRate()
                + "," + cell(row.trainLoss())
                + "," + cell(row.trainAccuracy())
                + "," + cell(row.validationLoss())
                + "," + cell(row.validationAccuracy()));
        rows.add(row);
    }

    /** Returns all lines, those of before a resumption too. */
    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** Makes the lines so far durable and says where they end, for a checkpoint that is about to be written. */
    public Mark mark() throws IOException {
        return log.mark();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }

    private static String cell(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }
}
