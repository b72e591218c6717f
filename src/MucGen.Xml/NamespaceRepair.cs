namespace MucGen.Xml;

/// <summary>Pastes an element away from the declarations that it leans on, by declaring them on it.</summary>
internal static class NamespaceRepair
{
    public static void Write(ref XmppWriter writer, scoped ElementView element, scoped ReadOnlySpan<byte> defaultNamespace)
    {
        var stanza = element.Stanza!;
        ref readonly var token = ref stanza.Row(element.Row);
        var afterName = 1 + token.NameLength;
        writer.Raw(element.Bytes[..afterName]);
        for (var binding = 0; binding < stanza.BindingCount; binding++)
        {
            ref readonly var entry = ref stanza.Binding(binding);
            if (entry.DeclaredBy >= element.Row || binding == NamespaceBinding.Xml || !IsUsed(element, binding)) continue;
            Declare(ref writer, stanza, binding, defaultNamespace);
        }
        writer.Raw(element.Bytes[afterName..]);
    }

    private static void Declare(ref XmppWriter writer, Stanza stanza, int binding, scoped ReadOnlySpan<byte> defaultNamespace)
    {
        var prefix = stanza.PrefixOf(binding);
        var uri = stanza.UriOf(binding);
        if (prefix.IsEmpty)
        {
            var isSame = uri.SequenceEqual(defaultNamespace)
                || (ContentNamespaces.Contains(uri) && ContentNamespaces.Contains(defaultNamespace));
            if (isSame) return;
            writer.Raw(" xmlns='"u8);
        }
        else
        {
            writer.Raw(" xmlns:"u8);
            writer.Raw(prefix);
            writer.Raw("='"u8);
        }
        writer.Escaped(uri, Escaping.InAttribute);
        writer.Raw("'"u8);
    }

    private static bool IsUsed(scoped ElementView element, int binding)
    {
        var stanza = element.Stanza!;
        var end = element.Row + stanza.Row(element.Row).Extra;
        for (var row = element.Row; row < end; row++)
        {
            ref readonly var token = ref stanza.Row(row);
            if (token.Binding != binding) continue;
            if (token.Kind == TokenKind.Element) return true;
            if (token.Kind == TokenKind.Attribute && token.PrefixLength > 0 && !token.Has(TokenFlags.Declaration)) return true;
        }
        return false;
    }
}
