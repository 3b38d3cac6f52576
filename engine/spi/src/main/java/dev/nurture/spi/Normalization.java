package dev.nurture.spi;

/** A layer that brings its input to a common scale; keeps the shape, and has a shift that makes a bias before it idle. */
public interface Normalization extends Layer {}
