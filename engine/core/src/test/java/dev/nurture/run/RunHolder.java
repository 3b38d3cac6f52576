package dev.nurture.run;

import java.io.IOException;
import java.nio.file.Path;

/** Makes or opens a run directory, says so, and holds it until its standard input ends or it is killed. */
final class RunHolder {
    static final int IN_USE = 75;

    private RunHolder() {}

    public static void main(String[] args) throws IOException {
        RunDirectories directories = new RunDirectories(new FileStorage());
        Path folder = Path.of(args[1]);
        try {
            RunDirectory run = args[0].equals("open") ? directories.open(folder) : directories.createAt(folder);
            if (args[0].equals("create")) {
                new RunRecord(run, "held", 1);
            }
        } catch (RunInUseException e) {
            System.out.println(e.getMessage());
            System.exit(IN_USE);
        }
        System.out.println("held");
        // The directory is out of reach here, and its lock must last nevertheless.
        System.gc();
        System.out.println("still");
        System.in.read();
    }
}
