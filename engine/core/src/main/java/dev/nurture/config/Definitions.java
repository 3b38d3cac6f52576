package dev.nurture.config;

import dev.nurture.plugin.PluginCatalog;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads experiment definitions. Usable from any thread. */
public final class Definitions {
    private final PluginCatalog catalog;
    private final UnaryOperator<String> environment;

    @Inject
    public Definitions(PluginCatalog catalog) {
        this(catalog, System::getenv);
    }

    /** @param environment gives a variable of the environment, or null */
    Definitions(PluginCatalog catalog, UnaryOperator<String> environment) {
        this.catalog = catalog;
        this.environment = environment;
    }

    /**
     * Reads, layers and checks a definition, and makes each of its parts once to see that it can be made.
     *
     * @param file YAML, JSON, properties or XML by its ending; named in problems as it is given
     * @param overrides {@code key=value}, a later one before an earlier one
     * @throws DefinitionException if anything is wrong, with all that is
     */
    public Definition read(Path file, List<String> overrides) {
        Problems problems = new Problems();
        Layering layering = new Layering(problems);
        List<Value.Mapping> layers = new DefinitionFiles(problems).read(file);
        layers.forEach(layering::below);
        overrides.forEach(layering::above);
        if (layers.isEmpty()) {
            problems.report();
        }
        Value combined = new Interpolation(layering.combined(), environment, problems).resolved();
        if (!(combined instanceof Value.Mapping root)) {
            problems.report();
            throw new IllegalStateException("layers of mappings make a mapping");
        }
        return new DefinitionBinder(catalog, problems, root, file.getFileName().toString()).bind();
    }
}
