/**
 * Update rules: how a weight moves by its gradient.
 *
 * <p>Every kernel is one straight loop over one index range, which the compiler vectorises; whatever depends on the step
 * alone is worked out before it, in double precision. Values are updated independently of each other, so any split of
 * the range gives the same bits. Nothing is allocated.
 *
 * <p>Weight decay is a parameter of Adam's kind, where its form matters. For the other rules it would be the same as
 * {@code regularization.l2} of the definition, except that the reported loss would hide it.
 */
package dev.nurture.plugins.optimizers;
