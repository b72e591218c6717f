using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;

namespace MucGen.Rooms.Tests.Registration;

/// <summary>What was asked of the room, as far as the properties need to know.</summary>
/// <param name="Who">Who asked.</param>
/// <param name="Kind">For what.</param>
/// <param name="Subject">Whose registration it is about, when it is about one; a bare JID.</param>
internal sealed record RegistrationAct(string Who, RegistrationActKind Kind, string? Subject = null);

/// <summary>The kinds of requests.</summary>
internal enum RegistrationActKind
{
    Register,
    Remove,
    Approve,
    Refuse,
    Administer,
    Other,
}

/// <summary>Arbitrary but reproducible requests of a few people who want the same few nicks, and of two admins who decide at once.</summary>
internal sealed class RandomRegistration(int seed)
{
    private static readonly string[] Nicks = ["Juliet", "JULIET", "Ju1iet", "Jul\u0456et", "Nurse", "Rose", "R\u043Ese", "Tybalt"];
    private static readonly string[] Users = [RegistrationScene.Juliet, RegistrationScene.Nurse, RegistrationScene.Tybalt, "rosaline@capulet.example/a"];
    private static readonly string[] Admins = [RegistrationScene.Romeo, "benvolio@montague.example/a"];
    private static readonly string[] Affiliations = ["outcast", "none", "member", "member", "admin"];

    private readonly Random random = new(seed);

    public static RegistrationScene Open()
    {
        var scene = new RegistrationScene(new RoomConfig { Registration = RoomRegistration.Approval });
        scene.Admin("<item jid='benvolio@montague.example' affiliation='admin'/>");
        return scene;
    }

    public (RegistrationAct Act, IReadOnlyList<Sent> Sent) Step(RegistrationScene scene)
    {
        scene.Room.Now += TimeSpan.FromSeconds(1);
        var user = Pick(Users);
        var nick = Pick(Nicks);
        switch (random.Next(14))
        {
            case < 4:
                return (new RegistrationAct(user, RegistrationActKind.Register, Bare(user)), scene.Register(user, nick));
            case 4:
                return (new RegistrationAct(user, RegistrationActKind.Remove, Bare(user)), scene.Remove(user));
            case 5 or 6 or 7:
                return Decide(scene);
            case 8 or 9:
                return (new RegistrationAct(Admins[0], RegistrationActKind.Administer, Bare(user)), scene.Admin(Item(user, nick)));
            case 10:
                return Other(scene.Room.Join(user, nick));
            case 11:
                return Other(scene.Room.Send(user, $"<presence to='{TestRoom.Address}/{nick}'{(random.Next(3) == 0 ? " type='unavailable'" : "")}/>"));
            case 12:
                return Other(Configure(scene));
            default:
                return Other(random.Next(3) > 0 ? [] : scene.Room.Decide(RoomInput.AccountDeleted(Jid.Parse(Bare(user)))));
        }
    }

    private IReadOnlyList<Sent> Configure(RegistrationScene scene) => random.Next(2) == 0
        ? scene.Configure("{urn:mucgen:muc}registration", Pick(["default", "open", "approval", "approval", "members", "nobody"]))
        : scene.Configure("{urn:mucgen:muc}lock_nicks", Pick(["0", "1"]));

    private (RegistrationAct Act, IReadOnlyList<Sent> Sent) Decide(RegistrationScene scene)
    {
        var waiting = scene.Room.Room.PendingRegistrations;
        var request = waiting.Count > 0 ? waiting[random.Next(waiting.Count)] : null;
        var isApproved = random.Next(2) == 0;
        var nick = request is null || random.Next(4) == 0 ? Pick(Nicks) : request.Nick;
        var requester = random.Next(2) == 0 ? request?.BareJid.ToString() ?? Bare(Pick(Users)) : null;
        var kind = isApproved ? RegistrationActKind.Approve : RegistrationActKind.Refuse;
        var about = requester ?? waiting.FindFirst(nick)?.BareJid.ToString();
        var admin = Pick(Admins);
        return (new RegistrationAct(admin, kind, about), scene.Answer(admin, nick, isApproved, requester));
    }

    private string Item(string user, string nick) => random.Next(6) switch
    {
        0 => $"<item jid='capulet.example' affiliation='{(random.Next(2) == 0 ? "outcast" : "none")}'/>",
        1 => $"<item jid='{Bare(user)}' affiliation='member' nick=''/>",
        2 or 3 => $"<item jid='{Bare(user)}' affiliation='member' nick='{nick}'/>",
        _ => $"<item jid='{Bare(user)}' affiliation='{Pick(Affiliations)}'/>",
    };

    private static (RegistrationAct Act, IReadOnlyList<Sent> Sent) Other(IReadOnlyList<Sent> sent) =>
        (new RegistrationAct("", RegistrationActKind.Other), sent);

    private static string Bare(string full) => full[..full.IndexOf('/', StringComparison.Ordinal)];

    private string Pick(string[] of) => of[random.Next(of.Length)];
}
