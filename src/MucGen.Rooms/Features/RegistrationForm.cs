using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>The form <c>muc#register</c> in its three uses: offered to the user, submitted by the user, and shown to admins (XEP-0045 7.10, 9.9, 16.5.1).</summary>
internal static class RegistrationForm
{
    private const int MostDetailLength = 4096; // characters

    /// <summary>Writes the form to fill in: the nick alone, unless the room asks for more. Whoever asked before finds what they asked for.</summary>
    public static void Offer(Room room, Jid bareJid, ref XmppWriter writer)
    {
        var asked = room.PendingRegistrations.Find(bareJid);
        if (room.Config.AsksForDetails)
            OfferAll(asked, ref writer);
        else
            OfferNick(asked, ref writer);
    }

    /// <summary>Reads what a user submitted; only the nick is required. Fields that were not asked for are taken too.</summary>
    /// <returns>Why it cannot be taken; null when there is a request.</returns>
    public static Refusal? Read(RoomTurn turn, in DataFormView form, out RegistrationRequest? request)
    {
        request = null;
        if (!form.IsPresent || form.Type != FormType.Submit)
            return NoForm;
        if (!MucRegisterFormView.TryRead(form, out var submitted, out var error))
            return error.Condition == StanzaErrorCondition.JidMalformed ? Refusal.JidMalformed(error.ToString()) : Refusal.BadRequest(error.ToString());
        if (!submitted.RoomNick.IsPresent)
            return NoForm;
        if (Nicks.Prepare(submitted.RoomNick.ToString(), turn.Policy, out var nick) is { } impossible)
            return impossible;
        if (DetailLength(submitted) > MostDetailLength)
            return TooMuch;
        request = new RegistrationRequest(turn.From.Bare, nick, ReadDetails(submitted));
        return null;
    }

    /// <summary>Writes the form with which an admin decides; what the user left out is left out.</summary>
    public static void Ask(RegistrationRequest request, ref XmppWriter writer)
    {
        var form = MucRegisterFormWriter.Start(
            ref writer, FormType.Form, title: "Registration request", instructions: $"{request.BareJid} asks to be registered with this room.");
        form.Allow(value: false);
        form.Jid(request.BareJid);
        var details = request.Details ?? Nothing;
        if (details.First is not null)
            form.First(details.First);
        if (details.Last is not null)
            form.Last(details.Last);
        form.RoomNick(request.Nick);
        if (details.Url is not null)
            form.Url(details.Url);
        if (details.Email is not null)
            form.Email(details.Email);
        if (details.FaqEntry is not null)
            form.FaqEntry(details.FaqEntry.Split('\n'));
        form.End();
    }

    private static void OfferNick(RegistrationRequest? asked, ref XmppWriter writer)
    {
        var form = MucRegisterFormWriter.Start(ref writer, FormType.Form);
        form.RoomNick(asked?.Nick);
        form.End();
    }

    private static void OfferAll(RegistrationRequest? asked, ref XmppWriter writer)
    {
        var form = MucRegisterFormWriter.Start(ref writer, FormType.Form, title: "Registration", instructions: LongInstructions);
        form.First(asked?.Details?.First);
        form.Last(asked?.Details?.Last);
        form.RoomNick(asked?.Nick, required: true);
        form.Url(asked?.Details?.Url);
        form.Email(asked?.Details?.Email);
        form.FaqEntry(asked?.Details?.FaqEntry?.Split('\n'));
        form.End();
    }

    private static RegistrationDetails? ReadDetails(in MucRegisterFormView form)
    {
        var details = new RegistrationDetails(
            TextOf(form.First), TextOf(form.Last), TextOf(form.Url), TextOf(form.Email),
            form.FaqEntry.Count > 0 ? string.Join('\n', form.FaqEntry.ToArray()) : null);
        return details == Nothing ? null : details;
    }

    private static string? TextOf(XmlText text) => text.IsEmpty ? null : text.ToString();

    private static int DetailLength(in MucRegisterFormView form)
    {
        var length = form.First.ToString().Length + form.Last.ToString().Length + form.Url.ToString().Length + form.Email.ToString().Length;
        foreach (var line in form.FaqEntry)
            length += line.ToString().Length;
        return length;
    }

    private const string LongInstructions = "Choose the nickname that is to be yours in this room, and tell its admins who you are.";

    private static readonly RegistrationDetails Nothing = new();
    private static readonly Refusal NoForm =
        Refusal.BadRequest($"A submitted form of type {MucRegisterFormView.Name} with a nickname is needed.");
    private static readonly Refusal TooMuch = Refusal.NotAcceptable("That is more than the admins of a room can be asked to read.", StanzaErrorType.Modify);
}
