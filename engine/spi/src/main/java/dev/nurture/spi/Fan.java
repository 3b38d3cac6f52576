package dev.nurture.spi;

/**
 * How many values a unit reads and how many units read a value; what an initializer scales by.
 *
 * @param in inputs a unit: features of a dense layer, channels × kernel area of a convolution
 * @param out units a value goes to: units of a dense layer, filters × kernel area of a convolution
 */
public record Fan(int in, int out) {
    public Fan {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException("a fan is at least 1, not " + in + " and " + out);
        }
    }
}
