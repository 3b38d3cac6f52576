package dev.nurture.testkit;

import dev.nurture.contracts.Subject;
import dev.nurture.spi.DataSource;
import java.nio.file.Path;

/** Tests of a data source: {@code class IrisTest extends DataSourceContract}. */
public abstract class DataSourceContract extends PartContract<DataSource> {
    protected DataSourceContract() {
        super(DataSource.class);
    }

    /** Returns the folder that holds the files that the source names; null when it names none. */
    protected Path folder() {
        return null;
    }

    @Override
    final Subject<DataSource> state(Subject<DataSource> subject) {
        return subject.with(Path.class, folder());
    }
}
