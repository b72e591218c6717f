using MucGen.Rooms.Tests.Core;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>What tests of bans and mutes begin with: a room that stays, and Romeo, who owns it.</summary>
public abstract class SanctionTests
{
    private protected static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private protected AdminScene Scene { get; } = new(new RoomConfig { IsPersistent = true });

    private protected TestRoom Room => Scene.Room;
}
