using System.Globalization;
using System.Text;
using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>A command about hats (XEP-0317): all of them are for admins. Whoever knows the form may submit it without asking for it (3.3).</summary>
/// <param name="node">The last part of its node.</param>
/// <param name="name">Its name for people.</param>
internal abstract class HatCommand(string node, string name) : Command<RoomTurn>($"urn:xmpp:hats:commands:{node}", name)
{
    private static readonly (string, string, FormFieldType)[] Columns =
    [
        (HatFormFields.Title, "Title", FormFieldType.TextSingle),
        (HatFormFields.Uri, "URI", FormFieldType.TextSingle),
        (HatFormFields.Hue, "Hue", FormFieldType.TextSingle),
    ];

    public override bool TakesFormAtOnce => true;

    public override bool IsFor(RoomTurn turn) => AffiliationChangeRules.CheckRight(turn.Room.AffiliationOf(turn.From)) is null;

    /// <summary>The hat that a form names; what is wrong when it names none.</summary>
    protected static CommandOutcome? Find(Room room, in HatFormView fields, out Hat? hat)
    {
        hat = room.Hats.Find(fields.Uri.ToString());
        if (fields.Uri.IsEmpty)
            return CommandOutcome.BadPayload("The URI of a hat is needed.");
        return hat is null ? CommandOutcome.Refused(StanzaErrorCondition.ItemNotFound, "The room has no such hat.") : null;
    }

    /// <summary>The person and the hat that a form names; what is wrong when it does not.</summary>
    protected static CommandOutcome? Find(Room room, in HatFormView fields, out Jid? person, out Hat? hat)
    {
        person = fields.Wearer.IsPresent ? fields.Wearer.ToJid()!.Bare : null;
        if (Find(room, fields, out hat) is { } fault)
            return fault;
        return person?.Local is null ? CommandOutcome.BadPayload("The address of a person is needed.") : null;
    }

    /// <summary>A form that lets choose one of the hats that the room has.</summary>
    protected static StanzaContent Choice(RoomTurn turn, string title, bool asksForPerson) => (ref writer) =>
    {
        var form = FormFieldWriting.Start(ref writer, FormType.Form, "urn:xmpp:hats:commands"u8, title, default);
        if (asksForPerson)
        {
            var person = form.StartField(label: "Who wears it"u8, type: FormFieldType.JidSingle, var: HatFormFields.Wearer);
            person.Required();
            person.End();
        }

        var choice = form.StartField(label: "Hat"u8, type: FormFieldType.ListSingle, var: HatFormFields.Uri);
        choice.Required();
        foreach (var hat in turn.Room.Hats.All)
        {
            var option = choice.StartOption(hat.Title);
            option.Value(hat.Uri);
            option.End();
        }

        choice.End();
        form.End();
    };

    /// <summary>A table with a row for each hat, or for each hat that somebody wears.</summary>
    protected static StanzaContent Table(bool hasPersons, IEnumerable<(Jid? Wearer, Hat Hat)> rows) => (ref writer) =>
    {
        var table = hasPersons ? FormTable.Start(ref writer, [(HatFormFields.Wearer, "Who wears it", FormFieldType.JidSingle), .. Columns]) : FormTable.Start(ref writer, Columns);
        foreach (var (wearer, hat) in rows)
        {
            var row = table.StartItem();
            if (hasPersons)
                row.Cell(HatFormFields.Wearer, wearer);
            row.Cell(HatFormFields.Title, hat.Title);
            row.Cell(HatFormFields.Uri, hat.Uri);
            row.Cell(HatFormFields.Hue, hat.Hue);
            row.End();
        }

        table.End();
    };
}

/// <summary>Makes a hat, or changes the one with the same URI (3.2). Its title is in the language of the request.</summary>
internal sealed class CreateHat() : HatCommand("create", "Make or change a hat")
{
    private const int MostTitleBytes = 256;
    private const int MostUriBytes = 1023;
    private const int MostHueCharacters = 16;
    private const int FullCircle = 360;

    public override StanzaContent Form(RoomTurn turn) => static (ref writer) =>
    {
        var form = HatFormWriter.Start(ref writer, FormType.Form, title: "Make or change a hat");
        form.Title(required: true);
        form.Uri(required: true);
        form.Hue();
        form.End();
    };

    public override CommandOutcome Run(RoomTurn turn, DataFormView form)
    {
        if (!HatFormView.TryRead(form, out var fields, out var error))
            return CommandOutcome.BadPayload(error);
        var language = turn.Root.Attribute("xml:lang"u8);
        var hat = new Hat(
            fields.Uri.Trimmed.ToString(),
            fields.Title.Trimmed.ToString(),
            fields.Hue.IsEmpty ? null : fields.Hue.Trimmed.ToString(),
            FieldRules.IsLanguage(language) ? language.ToString() : null);
        if (Check(hat) is { } fault)
            return CommandOutcome.BadPayload(fault);
        var hats = turn.Room.Hats;
        if (hats.Find(hat.Uri) is null && hats.All.Count >= RoomHats.Most)
            return CommandOutcome.Refused(StanzaErrorCondition.NotAcceptable, "The room has as many hats as it can have; remove some of them first.");
        Hats.Put(turn, hat);
        return CommandOutcome.Done($"The room has the hat {hat.Title}.");
    }

    private static string? Check(Hat hat)
    {
        if (hat.Title.Length == 0 || Encoding.UTF8.GetByteCount(hat.Title) > MostTitleBytes)
            return "A title is needed, which is not too long.";
        if (Encoding.UTF8.GetByteCount(hat.Uri) > MostUriBytes || !Uri.IsWellFormedUriString(hat.Uri, UriKind.Absolute))
            return "An absolute URI is needed, which is not too long.";
        return hat.Hue is null || IsHue(hat.Hue) ? null : "A hue is an angle from 0 to 360.";
    }

    private static bool IsHue(string text) =>
        text.Length <= MostHueCharacters
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var angle)
        && angle <= FullCircle;
}

/// <summary>Removes a hat from the room and from all who wear it (3.3).</summary>
internal sealed class DestroyHat() : HatCommand("destroy", "Remove a hat")
{
    public override StanzaContent Form(RoomTurn turn) => Choice(turn, "Remove a hat", asksForPerson: false);

    public override CommandOutcome Run(RoomTurn turn, DataFormView form)
    {
        if (!HatFormView.TryRead(form, out var fields, out var error))
            return CommandOutcome.BadPayload(error);
        if (Find(turn.Room, fields, out var hat) is { } fault)
            return fault;
        Hats.Remove(turn, hat!);
        return CommandOutcome.Done($"The room has the hat {hat!.Title} no more.");
    }
}

/// <summary>Shows the hats of the room (3.4).</summary>
internal sealed class ListHats() : HatCommand("list", "List the hats")
{
    public override CommandOutcome Run(RoomTurn turn, DataFormView form) =>
        CommandOutcome.Done(result: Table(hasPersons: false, turn.Room.Hats.All.Select(static hat => ((Jid?)null, hat))));
}

/// <summary>Gives a hat to somebody (3.5).</summary>
internal sealed class AssignHat() : HatCommand("assign", "Give a hat to somebody")
{
    public override StanzaContent Form(RoomTurn turn) => Choice(turn, "Give a hat to somebody", asksForPerson: true);

    public override CommandOutcome Run(RoomTurn turn, DataFormView form)
    {
        if (!HatFormView.TryRead(form, out var fields, out var error))
            return CommandOutcome.BadPayload(error);
        if (Find(turn.Room, fields, out var person, out var hat) is { } fault)
            return fault;
        var worn = turn.Room.Hats.Of(person!);
        if (worn.Count >= RoomHats.MostWorn && !worn.Contains(hat!))
            return CommandOutcome.Refused(StanzaErrorCondition.NotAcceptable, $"Nobody can wear more than {RoomHats.MostWorn} hats.");
        Hats.Give(turn, person!, hat!);
        return CommandOutcome.Done($"{person} wears the hat {hat!.Title}.");
    }
}

/// <summary>Takes a hat back (3.6).</summary>
internal sealed class UnassignHat() : HatCommand("unassign", "Take a hat back")
{
    public override StanzaContent Form(RoomTurn turn) => Choice(turn, "Take a hat back", asksForPerson: true);

    public override CommandOutcome Run(RoomTurn turn, DataFormView form)
    {
        if (!HatFormView.TryRead(form, out var fields, out var error))
            return CommandOutcome.BadPayload(error);
        if (Find(turn.Room, fields, out var person, out var hat) is { } fault)
            return fault;
        if (!turn.Room.Hats.Of(person!).Contains(hat!))
            return CommandOutcome.Refused(StanzaErrorCondition.ItemNotFound, $"{person} does not wear that hat.");
        Hats.Take(turn, person!, hat!);
        return CommandOutcome.Done($"{person} wears the hat {hat!.Title} no more.");
    }
}

/// <summary>Shows who wears which hat (3.7).</summary>
internal sealed class ListAssignedHats() : HatCommand("list-assigned", "List who wears which hat")
{
    public override CommandOutcome Run(RoomTurn turn, DataFormView form)
    {
        var hats = turn.Room.Hats;
        var rows = hats.Wearers.SelectMany(wearer => hats.Of(wearer).Select(hat => ((Jid?)wearer, hat)));
        return CommandOutcome.Done(result: Table(hasPersons: true, rows));
    }
}
