package devml.network;

import devml.fault.Place;

/** A name that stands for an input or a layer, where it is read. */
public record Reference(String name, Place place) {}
