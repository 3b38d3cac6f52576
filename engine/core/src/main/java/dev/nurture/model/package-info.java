/** A network: its layers in order, the variables they declared, and the memory that a pass through them needs. */
package dev.nurture.model;
