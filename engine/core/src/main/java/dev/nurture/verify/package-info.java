/** Holds the parts of a plugin jar to the contracts of their kinds, from outside and without a build. */
package dev.nurture.verify;
