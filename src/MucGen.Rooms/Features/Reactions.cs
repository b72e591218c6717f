using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Rooms whose owner allows not every reaction, or not so many (XEP-0444 2.2, 3.3). In all others reactions pass like any other payload.</summary>
internal static class Reactions
{
    /// <summary>Why a message to everybody cannot be sent because of its reactions; null when it can, or has none. Makes no object for what has none.</summary>
    public static Refusal? Check(RoomConfig config, in ElementView message)
    {
        if (!AreRestricted(config))
            return null;
        var count = 0;
        foreach (var child in message.Children)
        {
            if (child.Key != ReactionsView.Key)
                continue;
            if (!ReactionsView.TryRead(child, out var reactions, out _))
                return Malformed;
            foreach (var reaction in reactions.Reactions)
            {
                count++;
                if (config.AllowedReactions.Length > 0 && !Allowed(config).Contains(reaction.ToString(), StringComparer.Ordinal))
                    return Explain(config);
            }
        }

        return config.MaxReactions > 0 && count > config.MaxReactions ? Explain(config) : null;
    }

    /// <summary>Writes the form that tells clients of the restrictions; nothing where there are none (2.2).</summary>
    public static void WriteRestrictions(RoomConfig config, ref XmppWriter writer)
    {
        if (!AreRestricted(config))
            return;
        var form = ReactionRestrictionsFormWriter.Start(ref writer, FormType.Result);
        if (config.MaxReactions > 0)
            form.MaxPerUser(config.MaxReactions);
        if (config.AllowedReactions.Length > 0)
            form.Allowed(Allowed(config));
        form.End();
    }

    private static bool AreRestricted(RoomConfig config) => config.MaxReactions > 0 || config.AllowedReactions.Length > 0;

    private static string[] Allowed(RoomConfig config) => config.AllowedReactions.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static Refusal Explain(RoomConfig config)
    {
        var which = config.AllowedReactions.Length > 0 ? $"only {string.Join(' ', Allowed(config))} can be used as reactions" : "any reaction can be used";
        var howMany = config.MaxReactions > 0 ? $", and no more than {config.MaxReactions} to one message" : "";
        return Refusal.NotAcceptable($"In this room {which}{howMany}.", StanzaErrorType.Modify);
    }

    private static readonly Refusal Malformed = Refusal.BadRequest("Reactions name the message that they are for.");
}
