package dev.nurture.run;

import dev.nurture.plugin.PluginJar;
import java.util.List;
import java.util.Objects;

/**
 * What a run was made with: enough to tell whether another would give the same bits.
 *
 * @param nurture its version
 * @param processors that the JVM may use
 * @param blas which library multiplies matrices, and with which kernels
 * @param threads that compute
 * @param definitionSha256 of the resolved definition, written for one thread: their number changes no result
 * @param dataSha256 of the rows as loaded
 */
public record Provenance(
        String nurture,
        Java java,
        Os os,
        int processors,
        String blas,
        int threads,
        String definitionSha256,
        String dataSha256,
        List<PluginFile> plugins) {
    public Provenance {
        Objects.requireNonNull(blas, "blas");
        Objects.requireNonNull(definitionSha256, "definitionSha256");
        Objects.requireNonNull(dataSha256, "dataSha256");
        plugins = List.copyOf(plugins);
    }

    public record Java(String version, String vendor, String vm) {}

    public record Os(String name, String version, String arch) {}

    /**
     * A plugin that was loaded.
     *
     * @param jar its file name, without the folder
     */
    public record PluginFile(String name, String version, String jar, String sha256) {}

    /** Returns the provenance of a run in this very JVM. */
    public static Provenance here(
            String blas, int threads, String definitionSha256, String dataSha256, List<PluginJar> plugins) {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return new Provenance(
                version == null ? "unpackaged" : version,
                new Java(
                        System.getProperty("java.version"),
                        System.getProperty("java.vendor"),
                        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")),
                new Os(System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                blas,
                threads,
                definitionSha256,
                dataSha256,
                plugins.stream()
                        .map(jar -> new PluginFile(
                                jar.name(),
                                jar.version(),
                                jar.jar().getFileName().toString(),
                                jar.sha256()))
                        .toList());
    }
}
