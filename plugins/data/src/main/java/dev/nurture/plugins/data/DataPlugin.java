package dev.nurture.plugins.data;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;

/** Offers the built-in data sets. */
public final class DataPlugin implements Plugin {
    @Override
    public List<Factory<?>> factories() {
        return List.of(
                Digits.FACTORY,
                Spiral.FACTORY,
                Gaussian.FACTORY,
                PublishedIdx.MNIST,
                PublishedIdx.FASHION_MNIST,
                Cifar10.FACTORY,
                Idx.FACTORY,
                CifarBinary.FACTORY,
                Csv.FACTORY);
    }
}
