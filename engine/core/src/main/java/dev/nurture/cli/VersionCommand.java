package dev.nurture.cli;

import dev.nurture.compute.BlasLibrary;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;

/** Says which Nurture this is, and what it runs on. */
@CommandLine.Command(name = "version", description = "Shows the versions of Nurture, Java and BLAS.")
final class VersionCommand extends Command {
    /** For {@code nurture --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"nurture " + nurture()};
        }
    }

    VersionCommand(Console console) {
        super(console);
    }

    @Override
    int execute() {
        BlasLibrary blas = BlasLibrary.load();
        console().result("nurture " + nurture());
        console().result("java    " + System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
        console()
                .result("system  " + System.getProperty("os.name") + ", " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors");
        console().result("blas    " + blas.description());
        blas.warning().ifPresent(console()::warning);
        return ExitCode.DONE;
    }

    private static String nurture() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
