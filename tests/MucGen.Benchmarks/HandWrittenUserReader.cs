using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>
/// What somebody would write by hand over the untyped views for muc#user, with the checks that its schema asks for; the parts that the sample does not have (an
/// invitation, say) are left to the emitted readers. <see cref="Check"/> and <see cref="Read"/> keep the promise of emitted readers, that nothing is used before
/// everything has been checked; <see cref="CheckAndRead"/> does both in one walk over the parts that the sample has, which is as fast as it gets for whoever may
/// use the first item before the last is known to be right.
/// </summary>
internal static class HandWrittenUserReader
{
    private const ElementKey ReasonKey = (ElementKey)0x1df36d10;
    private const ElementKey PasswordKey = (ElementKey)0x2c71f66d;

    /// <summary>Whether every field is right.</summary>
    public static bool Check(ElementView x)
    {
        if (x.Key != MucUserView.Key)
            return false;
        var hasDecline = false;
        var hasDestroy = false;
        var hasPassword = false;
        foreach (var child in x.Children)
        {
            switch (child.Key)
            {
                case MucUserItemView.Key when !CheckItem(child):
                case MucUserStatusView.Key when !TryReadCode(child, out _):
                case MucUserInviteView.Key when !MucUserInviteView.TryRead(child, out _, out _):
                case MucUserDeclineView.Key when hasDecline || !MucUserDeclineView.TryRead(child, out _, out _):
                case MucUserDestroyView.Key when hasDestroy || !MucUserDestroyView.TryRead(child, out _, out _):
                case PasswordKey when hasPassword:
                    return false;
                case MucUserDeclineView.Key:
                    hasDecline = true;
                    break;
                case MucUserDestroyView.Key:
                    hasDestroy = true;
                    break;
                case PasswordKey:
                    hasPassword = true;
                    break;
            }
        }
        return true;
    }

    /// <summary>Takes every field of what has been checked.</summary>
    public static int Read(ElementView x)
    {
        var sum = 0;
        foreach (var child in x.Children)
        {
            switch (child.Key)
            {
                case MucUserItemView.Key:
                    sum += ReadItem(child);
                    break;
                case MucUserStatusView.Key when TryReadCode(child, out var code):
                    sum += code;
                    break;
            }
        }
        return sum;
    }

    /// <summary>Takes every field and checks it just before; -1 when one is wrong.</summary>
    public static int CheckAndRead(ElementView x)
    {
        if (x.Key != MucUserView.Key)
            return -1;
        var sum = 0;
        foreach (var child in x.Children)
        {
            switch (child.Key)
            {
                case MucUserItemView.Key:
                    if (!CheckAndReadItem(child, ref sum))
                        return -1;
                    break;
                case MucUserStatusView.Key:
                    if (!TryReadCode(child, out var code))
                        return -1;
                    sum += code;
                    break;
            }
        }
        return sum;
    }

    private static bool TryReadCode(ElementView status, out int code) => status.Attribute("code"u8).TryParseInt32(out code) && code is >= 100 and <= 999;

    private static bool CheckItem(ElementView item)
    {
        foreach (var attribute in item.Attributes)
        {
            var name = attribute.Name;
            var isRight = name.Length switch
            {
                3 when name.SequenceEqual("jid"u8) => FieldRules.IsJid(attribute.Value),
                4 when name.SequenceEqual("nick"u8) => FieldRules.IsNick(attribute.Value),
                4 when name.SequenceEqual("role"u8) => MucRoleNames.TryParse(attribute.Value, out _),
                11 when name.SequenceEqual("affiliation"u8) => MucAffiliationNames.TryParse(attribute.Value, out _),
                _ => true,
            };
            if (!isRight)
                return false;
        }
        var hasActor = false;
        var hasContinue = false;
        var hasReason = false;
        foreach (var child in item.Children)
        {
            switch (child.Key)
            {
                case MucUserContinueView.Key when hasContinue || !MucUserContinueView.TryRead(child, out _, out _):
                    return false;
                case MucUserContinueView.Key:
                    hasContinue = true;
                    break;
                case MucUserActorView.Key when hasActor || !CheckActor(child):
                    return false;
                case MucUserActorView.Key:
                    hasActor = true;
                    break;
                case ReasonKey when hasReason:
                    return false;
                case ReasonKey:
                    hasReason = true;
                    break;
            }
        }
        return true;
    }

    private static bool CheckActor(ElementView actor)
    {
        foreach (var attribute in actor.Attributes)
        {
            var name = attribute.Name;
            var isRight = name.Length switch
            {
                3 when name.SequenceEqual("jid"u8) => FieldRules.IsJid(attribute.Value),
                4 when name.SequenceEqual("nick"u8) => FieldRules.IsNick(attribute.Value),
                _ => true,
            };
            if (!isRight)
                return false;
        }
        return true;
    }

    private static int ReadItem(ElementView item)
    {
        var sum = 0;
        foreach (var attribute in item.Attributes)
        {
            var name = attribute.Name;
            switch (name.Length)
            {
                case 3 when name.SequenceEqual("jid"u8):
                    sum += attribute.Value.MaxUtf8Length;
                    break;
                case 4 when name.SequenceEqual("nick"u8):
                    sum += attribute.Value.MaxUtf8Length;
                    break;
                case 4 when name.SequenceEqual("role"u8):
                    sum += MucRoleNames.TryParse(attribute.Value, out var role) ? (int)role : 0;
                    break;
                case 11 when name.SequenceEqual("affiliation"u8):
                    sum += MucAffiliationNames.TryParse(attribute.Value, out var affiliation) ? (int)affiliation : 0;
                    break;
            }
        }
        foreach (var child in item.Children)
        {
            sum += child.Key switch
            {
                MucUserActorView.Key => child.Attribute("nick"u8).MaxUtf8Length,
                ReasonKey => child.Text.MaxUtf8Length,
                _ => 0,
            };
        }
        return sum;
    }

    private static bool CheckAndReadItem(ElementView item, ref int sum)
    {
        foreach (var attribute in item.Attributes)
        {
            var name = attribute.Name;
            var value = attribute.Value;
            switch (name.Length)
            {
                case 3 when name.SequenceEqual("jid"u8):
                    if (!FieldRules.IsJid(value))
                        return false;
                    sum += value.MaxUtf8Length;
                    break;
                case 4 when name.SequenceEqual("nick"u8):
                    if (!FieldRules.IsNick(value))
                        return false;
                    sum += value.MaxUtf8Length;
                    break;
                case 4 when name.SequenceEqual("role"u8):
                    if (!MucRoleNames.TryParse(value, out var role))
                        return false;
                    sum += (int)role;
                    break;
                case 11 when name.SequenceEqual("affiliation"u8):
                    if (!MucAffiliationNames.TryParse(value, out var affiliation))
                        return false;
                    sum += (int)affiliation;
                    break;
            }
        }
        var hasActor = false;
        var hasReason = false;
        foreach (var child in item.Children)
        {
            switch (child.Key)
            {
                case MucUserActorView.Key:
                    if (hasActor || !CheckActor(child))
                        return false;
                    hasActor = true;
                    sum += child.Attribute("nick"u8).MaxUtf8Length;
                    break;
                case ReasonKey:
                    if (hasReason)
                        return false;
                    hasReason = true;
                    sum += child.Text.MaxUtf8Length;
                    break;
            }
        }
        return true;
    }
}
