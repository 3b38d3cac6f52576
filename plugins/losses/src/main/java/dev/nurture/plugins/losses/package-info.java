/**
 * The built-in losses. Sums are in double precision, in the order of the rows. An output that is not finite makes the
 * loss not finite, even where the formula would not ask for that output: a network that has blown up is never hidden.
 */
package dev.nurture.plugins.losses;
