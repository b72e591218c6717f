using MucGen.Rooms;

namespace MucGen.Server.Rooms;

/// <summary>An input on its way to a room, and who waits for the room to be done with it.</summary>
/// <param name="Input">What the room is told.</param>
/// <param name="Done">
/// Completes when what came of the input is on disk, as far as it must be, and with the sessions that it is for; fails with
/// <see cref="RoomFailedException"/> when nothing comes of it. Null when nobody waits.
/// </param>
internal readonly record struct Letter(RoomInput Input, TaskCompletionSource? Done = null);
