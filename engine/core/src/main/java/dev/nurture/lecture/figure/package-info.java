/**
 * Pictures for the lecture, as SVG text made of data alone: activations, histograms, curves, sweeps, ravines, regions, bars.
 * The same data give the same bytes; each picture is as wide as what holds it, in light and dark colours, and says in words
 * what it shows.
 */
package dev.nurture.lecture.figure;
