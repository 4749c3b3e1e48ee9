/** Who can be woken, and how it wants to be: registrations of devices and settings of users, with their JSON. */
@NullMarked
package dev.waggle.push.registration;

import org.jspecify.annotations.NullMarked;
