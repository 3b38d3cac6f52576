package dev.nurture.monitoring.dashboards;

import java.nio.file.Path;

/** Where this module's files are. */
final class Sources {
    /** The build says where; started otherwise, tests start in the module's folder. */
    static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();

    private Sources() {}
}
