/** The built-in initializers: constants, independent random values scaled by the fan, random orthogonal matrices. */
package dev.nurture.plugins.initializers;
