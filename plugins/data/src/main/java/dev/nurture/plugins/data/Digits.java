package dev.nurture.plugins.data;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The 1,797 handwritten digits that lie in this jar; {@code digits.ATTRIBUTION.txt} beside them says whose they are. */
final class Digits implements DataSource {
    private static final String RESOURCE = "digits.csv.gz";
    private static final int ROWS = 1797;
    private static final Shape SHAPE = Shape.of(1, 8, 8);
    private static final List<String> CLASS_NAMES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    static final Factory<DataSource> FACTORY = Factory.of(
            DataSource.class,
            "digits",
            "1,797 handwritten digits of 8×8, pixels as 0 to 16, in the distribution; E. Alpaydin, C. Kaynak, \"Optical"
                    + " Recognition of Handwritten Digits\", UCI Machine Learning Repository, doi:10.24432/C50P49,"
                    + " CC BY 4.0.",
            Digits::new);

    @Override
    public Splits load(Context context) throws IOException {
        int pixels = SHAPE.size();
        float[] x = new float[ROWS * pixels];
        int[] labels = new int[ROWS];
        try (InputStream content = new GzipContent(RESOURCE, Digits.class.getResourceAsStream(RESOURCE))) {
            CsvReader csv = new CsvReader(RESOURCE, content, ',');
            for (int row = 0; row < ROWS && csv.next(); row++) {
                for (int i = 0; i < pixels; i++) {
                    x[row * pixels + i] = csv.number(i);
                }
                labels[row] = (int) csv.number(pixels);
            }
        }
        return new Splits(Dataset.classification(SHAPE, x, labels, CLASS_NAMES.size(), CLASS_NAMES), Optional.empty());
    }
}
