using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;

namespace MucGen.Rooms.Tests.Commands;

/// <summary>A room with two commands of its own: one that anybody runs at once, one with a form for owners.</summary>
internal sealed class CommandScene
{
    public const string Owner = "owner@localhost/desk";
    private const string Namespace = "http://jabber.org/protocol/commands";

    public CommandScene()
    {
        var commands = new CommandList<RoomTurn>(new Count(), new Note());
        Room = new TestRoom(TestRoom.DefaultPolicy with
        {
            Protocol = new ProtocolHost(new Extension(commands), MucGen.Rooms.GeneratedExtension.Instance),
        });
        Room.Join(Owner, "owner");
        Room.Configure(new RoomConfig { IsPersistent = true });
    }

    public TestRoom Room { get; }

    /// <summary>Sends a request; the answer.</summary>
    public string Ask(string from, string payload, string type = "set") =>
        Room.Send(from, $"<iq type='{type}' id='c' to='{TestRoom.Address}'>{payload}</iq>").Single(sent => sent.To.ToString() == from).Xml;

    /// <summary>Sends one stage of a command; the answer.</summary>
    public string Command(string from, string node, string attributes = "", string content = "") =>
        Ask(from, $"<command xmlns='{Namespace}' node='{node}' {attributes}>{content}</command>");

    /// <summary>Begins the command with the form; its session.</summary>
    public string Begin()
    {
        var answer = Command(Owner, "note", "action='execute'");
        var start = answer.IndexOf("sessionid='", StringComparison.Ordinal) + "sessionid='".Length;
        return answer[start..answer.IndexOf('\'', start)];
    }

    /// <summary>A submission of the form.</summary>
    public static string Submission(string nick) =>
        "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>"
        + $"<field var='muc#register_roomnick'><value>{nick}</value></field></x>";

    private sealed class Count() : Command<RoomTurn>("count", "Count the occupants")
    {
        public override bool IsFor(RoomTurn turn) => true;

        public override CommandOutcome Run(RoomTurn turn, DataFormView form) => CommandOutcome.Done($"{turn.Room.Occupants.Count} present");
    }

    private sealed class Note() : Command<RoomTurn>("note", "Note a nick")
    {
        public override bool IsFor(RoomTurn turn) => turn.SenderAffiliation == MucAffiliation.Owner;

        public override StanzaContent Form(RoomTurn turn) => (ref writer) =>
        {
            var form = MucRegisterFormWriter.Start(ref writer, FormType.Form, title: "Which nick?");
            form.RoomNick(required: true);
            form.End();
        };

        public override CommandOutcome Run(RoomTurn turn, DataFormView form)
        {
            if (!MucRegisterFormView.TryRead(form, out var fields, out var error))
                return CommandOutcome.BadPayload(error);
            if (!fields.RoomNick.IsPresent)
                return CommandOutcome.BadPayload("A nick is needed.");
            var nick = fields.RoomNick.ToString();
            return nick == "taken" ? CommandOutcome.Refused(StanzaErrorCondition.Conflict, "It is taken.") : CommandOutcome.Done($"noted {nick}");
        }
    }

    /// <summary>An application's protocol, which is asked before the server's own.</summary>
    private sealed class Extension(CommandList<RoomTurn> commands) : ProtocolExtension
    {
        public override bool Iq(StanzaTurn turn, IqType type, ElementView payload)
        {
            if (turn is not RoomTurn room || !CommandView.TryRead(payload, out var command, out _))
                return false;
            commands.Execute(room, command);
            return true;
        }
    }
}
