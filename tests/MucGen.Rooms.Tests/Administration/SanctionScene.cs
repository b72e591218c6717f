using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>Bans and mutes by Romeo, the owner of the room of the scene.</summary>
internal static class SanctionScene
{
    public static readonly Jid Romeo = Jid.Parse(AdminScene.Romeo).Bare;

    public static IReadOnlyList<Sent> Ban(this TestRoom room, string target, TimeSpan? time = null, string? reason = null) => room.Do(turn =>
        Banning.Apply(turn, new BanRule(Target(target), reason, Terms(room, time)), Actor(room)));

    public static IReadOnlyList<Sent> Mute(this TestRoom room, string person, TimeSpan? time = null, string? reason = null) => room.Do(turn =>
        Muting.Apply(turn, new Mute(Jid.Parse(person).Bare, reason, Terms(room, time)), Actor(room)));

    /// <summary>Time passes until the first thing that the room waits for; the host tells it.</summary>
    public static IReadOnlyList<Sent> Wait(this TestRoom room)
    {
        var (kind, due) = RoomRules.NextTimer(room.Room)!.Value;
        room.Now = due;
        return room.Decide(RoomInput.TimerDue(kind));
    }

    public static BanTarget Target(string text) => BanTarget.TryParse(text, out var target) ? target : throw new ArgumentException(text);

    public static Actor Actor(TestRoom room) =>
        new(Romeo, MucAffiliation.Owner, MucRole.Moderator, room.Room.Occupants.Find("Romeo"));

    public static MucRole? RoleOf(this TestRoom room, string nick) => room.Room.Occupants.Find(nick)?.Role;

    private static SanctionTerms Terms(TestRoom room, TimeSpan? time) => new(Romeo, room.Now, room.Now + time);
}
