package {{package}};

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;

/** Offers the {{noun}} {@code {{part}}}. */
public final class {{class}}Plugin implements Plugin {
    @Override
    public List<Factory<?>> factories() {
        return List.of({{class}}.FACTORY);
    }
}
