package dev.nurture.plugins.checks;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;

/** The built-in checks. */
public final class ChecksPlugin implements Plugin {
    @Override
    public List<Factory<?>> factories() {
        return List.of();
    }
}
