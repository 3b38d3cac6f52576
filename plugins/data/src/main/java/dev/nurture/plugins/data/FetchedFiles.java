package dev.nurture.plugins.data;

import dev.nurture.spi.DataSource.RemoteFile;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of a public data set in its folder. */
final class FetchedFiles {
    private FetchedFiles() {}

    /**
     * Returns nothing if all files are there.
     *
     * @throws FileNotFoundException otherwise, naming those that are missing and the command that brings them
     */
    static void require(String dataset, Path folder, List<RemoteFile> files) throws FileNotFoundException {
        List<String> missing = files.stream()
                .map(RemoteFile::name)
                .filter(name -> !Files.isRegularFile(folder.resolve(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new FileNotFoundException(String.join(", ", missing)
                    + (missing.size() == 1 ? " is" : " are") + " missing in " + folder + "; run: nurture data fetch "
                    + dataset);
        }
    }
}
